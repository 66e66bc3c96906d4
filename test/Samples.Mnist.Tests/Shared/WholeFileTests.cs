namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public async Task A_file_has_its_name_only_once_it_is_written()
    {
        string path = Path.Combine(folder.Path, "digits");
        await WholeFile.WriteAsync(path, async temporary =>
        {
            await File.WriteAllTextAsync(temporary, "all");
            Assert.IsFalse(File.Exists(path));
        });

        Assert.AreEqual("all", File.ReadAllText(path));
        CollectionAssert.AreEqual(new[] { "digits" }, folder.Names);
    }

    [TestMethod]
    public async Task A_failure_leaves_the_old_file_as_it_was_and_nothing_beside_it()
    {
        string path = folder.Put("digits", [7]);

        await Assert.ThrowsExactlyAsync<IOException>(() => WholeFile.WriteAsync(path, async temporary =>
        {
            await File.WriteAllTextAsync(temporary, "half");
            throw new IOException("disk full");
        }));

        CollectionAssert.AreEqual(new byte[] { 7 }, File.ReadAllBytes(path));
        CollectionAssert.AreEqual(new[] { "digits" }, folder.Names);
    }
}
