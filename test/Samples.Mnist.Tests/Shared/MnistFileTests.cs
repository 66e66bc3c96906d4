namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class MnistFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public async Task The_hash_is_of_the_content_whether_packed_or_not()
    {
        // SHA-256 of "abc", from FIPS 180-4's own examples.
        var file = new MnistFile("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        string plain = folder.Put("abc", "abc"u8.ToArray());
        string packed = folder.Put("abc.gz", Convert.FromHexString("1f8b08000000000000034b4c4a0600c241243503000000"));

        Assert.IsTrue(await file.IsGenuineAsync(plain, CancellationToken.None));
        Assert.IsTrue(await file.IsGenuineAsync(packed, CancellationToken.None));
    }

    [TestMethod]
    public async Task A_file_that_only_claims_to_be_packed_is_not_genuine()
        => Assert.IsFalse(await SmallMnist.Files[0].IsGenuineAsync(folder.Put("a.gz", "abc"u8.ToArray()), CancellationToken.None));
}
