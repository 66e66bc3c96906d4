namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class MnistDownloadTests : IDisposable
{
    private const string FirstMirror = "ossci-datasets.s3.amazonaws.com";
    private const string SecondMirror = "storage.googleapis.com";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public async Task The_four_packed_files_come_from_the_first_mirror()
    {
        PretendNetwork network = PretendNetwork.Good();
        (DigitFiles? digits, _) = await Fetch(network);

        Assert.AreEqual(Path.Combine(folder.Path, "t10k-images-idx3-ubyte.gz"), digits!.TestImages);
        CollectionAssert.AreEqual(SmallMnist.Packed("train-labels-idx1-ubyte"), File.ReadAllBytes(digits.TrainLabels));
        StringAssert.Contains(digits.Description, FirstMirror);
        Assert.AreEqual("https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz", network.Asked[0].ToString());
        Assert.HasCount(4, network.Asked);
        Assert.HasCount(4, folder.Names);
    }

    [TestMethod]
    public async Task A_first_mirror_that_is_down_is_passed_over()
    {
        (DigitFiles? digits, _) = await Fetch(PretendNetwork.Serving(address => address.Host == FirstMirror
            ? throw new HttpRequestException("no route to host")
            : SmallMnist.Packed(PretendNetwork.NameIn(address))));

        StringAssert.Contains(digits!.Description, SecondMirror);
    }

    [TestMethod]
    public async Task A_mirror_with_other_bytes_is_passed_over()
    {
        (DigitFiles? digits, _) = await Fetch(PretendNetwork.Serving(address => address.Host == FirstMirror
            ? SmallMnist.Packed("something else")
            : SmallMnist.Packed(PretendNetwork.NameIn(address))));

        StringAssert.Contains(digits!.Description, SecondMirror);
        CollectionAssert.AreEqual(SmallMnist.Packed("train-images-idx3-ubyte"), File.ReadAllBytes(digits.TrainImages));
    }

    [TestMethod]
    public async Task Wrong_bytes_everywhere_leave_no_file_and_a_reason()
    {
        (DigitFiles? digits, string failure) = await Fetch(PretendNetwork.Serving(_ => "<html>Please log in.</html>"u8.ToArray()));

        Assert.IsNull(digits);
        StringAssert.Contains(failure, "train-images-idx3-ubyte.gz is not MNIST's");
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task All_mirrors_down_give_null_and_the_reason_of_each()
    {
        (DigitFiles? digits, string failure) = await Fetch(PretendNetwork.Down());

        Assert.IsNull(digits);
        Assert.AreEqual($"{FirstMirror}: no route to host; {SecondMirror}: no route to host", failure);
    }

    [TestMethod]
    public async Task A_stalled_network_is_given_up_when_the_time_is_over()
    {
        var download = new MnistDownload(PretendNetwork.Stalled(), TimeSpan.FromSeconds(0.1), SmallMnist.Files);
        (DigitFiles? digits, string failure) = await download.FetchAsync(folder.Path, CancellationToken.None);

        Assert.IsNull(digits);
        Assert.AreEqual($"{FirstMirror}: not done within 0.1 s", failure);
    }

    [TestMethod]
    public async Task A_user_who_gives_up_is_heard()
    {
        using var user = new CancellationTokenSource(TimeSpan.FromSeconds(0.1));
        var download = new MnistDownload(PretendNetwork.Stalled(), TimeSpan.FromMinutes(1), SmallMnist.Files);

        await Assert.ThrowsAsync<OperationCanceledException>(() => download.FetchAsync(folder.Path, user.Token));
    }

    [TestMethod]
    public async Task A_connection_lost_in_the_middle_leaves_no_half_file()
    {
        (DigitFiles? digits, string failure) = await Fetch(
            new PretendNetwork((_, _) => Task.FromResult<HttpContent>(new StreamContent(new BrokenStream()))));

        Assert.IsNull(digits);
        StringAssert.Contains(failure, FirstMirror);
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task What_an_earlier_download_brought_is_not_asked_for_again()
    {
        folder.Put("train-images-idx3-ubyte.gz", SmallMnist.Packed("train-images-idx3-ubyte"));
        PretendNetwork network = PretendNetwork.Good();
        await Fetch(network);

        Assert.HasCount(3, network.Asked);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_is_a_reason_too()
    {
        string file = folder.Put("file");
        var download = new MnistDownload(PretendNetwork.Good(), TimeSpan.FromMinutes(1), SmallMnist.Files);
        (DigitFiles? digits, string failure) = await download.FetchAsync(Path.Combine(file, "mnist"), CancellationToken.None);

        Assert.IsNull(digits);
        StringAssert.Contains(failure, file);
    }

    private Task<(DigitFiles? Digits, string Failure)> Fetch(PretendNetwork network)
        => new MnistDownload(network, TimeSpan.FromMinutes(1), SmallMnist.Files).FetchAsync(folder.Path, CancellationToken.None);
}
