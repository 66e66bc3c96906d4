using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class PixelNumbersTests
{
    [TestMethod]
    [DataRow("""[0, 0.25, 0.5, 1]""")]
    [DataRow("""{"pixels": [0, 0.25, 0.5, 1]}""")]
    [DataRow("""{"pixels": [0, 2.5e-1, 0.50, 1.0], "name": [9, {"pixels": [8]}], "more": null}""")]
    [DataRow("""{"name": {"pixels": [7]}, "pixels": [0, 0.25, 5e-1, 1]}""")]
    [DataRow("""{"pixels": [1, 1], "pixels": [0, 0.25, 0.5, 1]}""")]
    public async Task Pixels_are_read_however_the_bytes_come(string json)
    {
        foreach (int piece in (int[])[1, 2, 3, 7, 1000])
            CollectionAssert.AreEqual(new[] { 0, 0.25f, 0.5f, 1 }, await ReadAsync(json, piece), $"in pieces of {piece}");
    }

    [TestMethod]
    [DataRow("[0,\n 0, x", "The JSON is broken in line 2, byte 5 (NaN and Infinity are no JSON numbers).")]
    [DataRow("[0, 0, 0, 0", "The JSON is broken in line 1, byte 12 (NaN and Infinity are no JSON numbers).")]
    [DataRow("[0, 0, 0, 0] 1", "The JSON is broken in line 1, byte 14 (NaN and Infinity are no JSON numbers).")]
    [DataRow("[0, -1, 0, 0]", "Pixel 1 is -1, but each must be a number from 0 to 1.")]
    public async Task A_fault_is_named_however_the_bytes_come(string json, string sentence)
    {
        foreach (int piece in (int[])[1, 2, 3, 7, 1000])
            Assert.AreEqual(sentence, (await Assert.ThrowsExactlyAsync<RequestFault>(() => ReadAsync(json, piece), $"in pieces of {piece}")).Message, $"in pieces of {piece}");
    }

    /// <summary>A picture of 2 by 2.</summary>
    private static async Task<float[]> ReadAsync(string json, int piece)
    {
        var pipe = new Pipe();
        Task<float[]> reading = PixelNumbers.ReadAsync(pipe.Reader, 2, 2, CancellationToken.None);
        foreach (byte[] bytes in Encoding.UTF8.GetBytes(json).Chunk(piece))
        {
            pipe.Writer.Write(bytes);
            await pipe.Writer.FlushAsync();
        }
        await pipe.Writer.CompleteAsync();
        return await reading;
    }
}
