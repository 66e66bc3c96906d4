using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class ImageMemoryTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(HeldImage.Piece)]
    [DataRow(3 * HeldImage.Piece + 1)]
    public async Task A_file_comes_out_as_it_went_in(int length)
    {
        byte[] file = new byte[length];
        new Random(1).NextBytes(file);
        using var memory = new ImageMemory(8 * HeldImage.Piece);
        using HeldImage held = await memory.ReadAsync(new MemoryStream(file), CancellationToken.None);
        CollectionAssert.AreEqual(file, held.ToArray());
    }

    [TestMethod]
    public async Task All_together_hold_no_more_than_they_may_and_whoever_is_done_makes_room()
    {
        using var memory = new ImageMemory(4 * HeldImage.Piece);
        byte[] file = new byte[HeldImage.Piece + 1];
        for (int turn = 0; turn < 3; turn++)
        {
            using HeldImage first = await memory.ReadAsync(new MemoryStream(file), CancellationToken.None), second = await memory.ReadAsync(new MemoryStream(file), CancellationToken.None);
            var fault = await Assert.ThrowsExactlyAsync<RequestFault>(() => memory.ReadAsync(new MemoryStream(file), CancellationToken.None));
            Assert.AreEqual(503, fault.Status);
        }
    }

    [TestMethod]
    public async Task Whoever_is_refused_half_way_holds_nothing()
    {
        using var memory = new ImageMemory(4 * HeldImage.Piece);
        for (int turn = 0; turn < 3; turn++)
            await Assert.ThrowsExactlyAsync<RequestFault>(() => memory.ReadAsync(new MemoryStream(new byte[5 * HeldImage.Piece]), CancellationToken.None));
        using HeldImage held = await memory.ReadAsync(new MemoryStream(new byte[3 * HeldImage.Piece]), CancellationToken.None);
        Assert.AreEqual(3 * HeldImage.Piece, held.Length);
    }
}
