namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class DigitSourceTests : IDisposable
{
    private static readonly string CachedMnist = Path.Combine("cache", "microsoft-ml-spiking", "mnist");

    private readonly TemporaryFolder folder = new();
    private readonly PretendNetwork untouched = new((address, _) => throw new AssertFailedException($"{address} was asked for"));

    public void Dispose()
    {
        untouched.Dispose();
        folder.Dispose();
    }

    [TestMethod]
    public async Task The_folder_that_data_names_comes_first()
    {
        SmallMnist.PutAll(folder, "given");
        SmallMnist.PutAll(folder, "variable");
        SmallMnist.PutAll(folder, CachedMnist);

        DigitFiles digits = await Find(untouched, given: "given", variable: "variable");

        Assert.AreEqual(Path.Combine(folder.Path, "given", "train-images-idx3-ubyte.gz"), digits.TrainImages);
    }

    [TestMethod]
    public async Task The_variable_comes_before_the_cache()
    {
        SmallMnist.PutAll(folder, "variable");
        SmallMnist.PutAll(folder, CachedMnist);

        DigitFiles digits = await Find(untouched, variable: "variable");

        Assert.AreEqual(Path.Combine(folder.Path, "variable", "train-images-idx3-ubyte.gz"), digits.TrainImages);
        StringAssert.Contains(digits.Description, "SPIKING_DATA");
    }

    [TestMethod]
    public async Task The_cache_comes_before_the_network()
    {
        SmallMnist.PutAll(folder, CachedMnist);

        DigitFiles digits = await Find(untouched);

        Assert.AreEqual(Path.Combine(folder.Path, CachedMnist, "train-images-idx3-ubyte.gz"), digits.TrainImages);
        StringAssert.Contains(digits.Description, "downloaded earlier");
    }

    [TestMethod]
    public async Task The_network_comes_before_drawing()
    {
        DigitFiles digits = await Find(PretendNetwork.Good());

        StringAssert.Contains(digits.Description, "downloaded from");
        Assert.AreEqual(Path.Combine(folder.Path, CachedMnist, "t10k-labels-idx1-ubyte.gz"), digits.TestLabels);
    }

    [TestMethod]
    public async Task A_damaged_file_in_the_cache_is_downloaded_anew()
    {
        SmallMnist.PutAll(folder, CachedMnist);
        byte[] packed = SmallMnist.Packed("t10k-labels-idx1-ubyte");
        folder.Put(Path.Combine(CachedMnist, "t10k-labels-idx1-ubyte.gz"), packed[..^20]);
        PretendNetwork network = PretendNetwork.Good();

        DigitFiles digits = await Find(network);

        Assert.AreEqual("t10k-labels-idx1-ubyte", PretendNetwork.NameIn(network.Asked.Single()));
        CollectionAssert.AreEqual(packed, File.ReadAllBytes(digits.TestLabels));
    }

    [TestMethod]
    public async Task Without_files_and_network_digits_are_drawn_and_the_user_is_told_so()
    {
        DigitFiles digits = await Find(PretendNetwork.Down());

        StringAssert.StartsWith(digits.Description, "No MNIST files here and none from the network (");
        StringAssert.Contains(digits.Description, "no route to host");
        StringAssert.EndsWith(digits.Description, "this run trains on digits drawn by this program; give --data DIR for the real ones.");
        Assert.AreEqual(16 + 12_000 * 28 * 28, new FileInfo(digits.TrainImages).Length);
    }

    [TestMethod]
    public async Task A_wrong_data_folder_is_an_error_however_good_the_others_are()
    {
        SmallMnist.PutAll(folder, "variable");
        SmallMnist.PutAll(folder, CachedMnist);

        await Assert.ThrowsExactlyAsync<DirectoryNotFoundException>(() => Find(untouched, given: "missing", variable: "variable"));
    }

    [TestMethod]
    public async Task A_set_but_wrong_variable_is_an_error_that_names_it()
    {
        SmallMnist.PutAll(folder, CachedMnist);

        var error = await Assert.ThrowsExactlyAsync<DirectoryNotFoundException>(() => Find(untouched, variable: "missing"));

        StringAssert.StartsWith(error.Message, "SPIKING_DATA names the folder '");
        StringAssert.Contains(error.Message, "or do without SPIKING_DATA: MNIST is then downloaded.");
    }

    private Task<DigitFiles> Find(PretendNetwork network, string? given = null, string? variable = null)
        => DigitSource.FindAsync(
            given is null ? null : Path.Combine(folder.Path, given),
            environment: name => name switch
            {
                "SPIKING_DATA" => variable is null ? null : Path.Combine(folder.Path, variable),
                "XDG_CACHE_HOME" => Path.Combine(folder.Path, "cache"),
                _ => null,
            },
            download: new MnistDownload(network, TimeSpan.FromMinutes(1), SmallMnist.Files));
}
