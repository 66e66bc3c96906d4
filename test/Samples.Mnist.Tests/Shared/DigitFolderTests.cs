namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class DigitFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public void Files_may_be_plain_packed_or_spelt_with_a_dot()
    {
        string trainImages = folder.Put("train-images-idx3-ubyte");
        string trainLabels = folder.Put("train-labels-idx1-ubyte.gz");
        string testImages = folder.Put("t10k-images.idx3-ubyte");
        string testLabels = folder.Put("t10k-labels.idx1-ubyte.gz");

        DigitFiles digits = DigitFolder.Open(folder.Path, "--data");

        Assert.AreEqual(new DigitFiles(trainImages, trainLabels, testImages, testLabels, digits.Description), digits);
        Assert.AreEqual($"The digits are those in {folder.Path}, which --data names.", digits.Description);
    }

    [TestMethod]
    public void A_missing_file_is_named_with_what_is_there_and_the_way_out()
    {
        folder.Put("train-images-idx3-ubyte");
        folder.Put("train-labels-idx1-ubyte");
        folder.Put("t10k-images-idx3-ubyte");
        folder.Put("notes.txt");

        var error = Assert.ThrowsExactly<FileNotFoundException>(() => DigitFolder.Open(folder.Path, "--data"));

        StringAssert.Contains(error.Message, $"--data names the folder '{folder.Path}', which lacks t10k-labels-idx1-ubyte (");
        StringAssert.Contains(error.Message, "It holds notes.txt, t10k-images-idx3-ubyte, train-images-idx3-ubyte, train-labels-idx1-ubyte.");
        StringAssert.Contains(error.Message, "or do without --data");
    }

    [TestMethod]
    public void A_crowded_folder_is_told_in_short()
    {
        for (int i = 0; i < 11; i++)
            folder.Put($"{i:00}.png");

        var error = Assert.ThrowsExactly<FileNotFoundException>(() => DigitFolder.Open(folder.Path, "--data"));

        StringAssert.Contains(error.Message, "It holds 00.png, 01.png, 02.png, 03.png, 04.png, 05.png, 06.png, 07.png and 3 more.");
    }

    [TestMethod]
    public void An_empty_folder_is_called_empty()
    {
        var error = Assert.ThrowsExactly<FileNotFoundException>(() => DigitFolder.Open(folder.Path, "--data"));

        StringAssert.Contains(error.Message, "It is empty.");
    }

    [TestMethod]
    public void A_missing_folder_is_named_with_the_way_out()
    {
        string missing = Path.Combine(folder.Path, "missing");

        var error = Assert.ThrowsExactly<DirectoryNotFoundException>(() => DigitFolder.Open(missing, "--data"));

        StringAssert.Contains(error.Message, $"--data names the folder '{missing}', which does not exist. Name a folder that holds train-images-idx3-ubyte,");
    }
}
