namespace Microsoft.ML.Spiking.Tests.Files;

[TestClass]
public class ForeignFileTests
{
    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    [DataRow(typeof(IndexOutOfRangeException))]
    [DataRow(typeof(OverflowException))]
    [DataRow(typeof(FormatException))]
    [DataRow(typeof(InvalidCastException))]
    [DataRow(typeof(NotSupportedException))]
    [DataRow(typeof(EndOfStreamException))]
    [DataRow(typeof(Exception))]
    public void Whatever_a_reader_runs_into_is_data_that_are_not_valid(Type thrown)
    {
        var cause = (Exception)Activator.CreateInstance(thrown)!;
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ForeignFile.Read<int>(_path, "a drawing", _ => throw cause));
        StringAssert.Contains(error.Message, $"'{_path}' is damaged, or is not a drawing");
        Assert.IsTrue(Trouble.Foreign.Is(error));
        Assert.AreSame(cause, error.InnerException);
    }

    [TestMethod]
    public void What_a_reader_says_itself_is_kept_with_the_name_of_the_file()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ForeignFile.Read<int>(_path, "a drawing", _ => throw new InvalidDataException("it has no frame.")));
        Assert.AreEqual($"'{_path}' could not be read as a drawing: it has no frame. [SPK7002]", error.Message);
    }

    [TestMethod]
    public void What_says_the_files_name_already_is_left_as_it_is()
    {
        InvalidDataException said = Trouble.Foreign.InvalidData("There is no frame.");
        Assert.AreSame(said, Assert.ThrowsExactly<InvalidDataException>(() => ForeignFile.Read<int>(_path, "a drawing", _ => throw said)));
    }

    [TestMethod]
    public void A_disk_that_fails_is_no_damage_of_the_file()
    {
        Assert.ThrowsExactly<IOException>(() => ForeignFile.Read<int>(_path, "a drawing", _ => throw new IOException("The disk is gone.")));
        Assert.ThrowsExactly<FileNotFoundException>(() => ForeignFile.Read(_path + ".not", "a drawing", _ => 0));
    }

    [TestMethod]
    public void A_file_that_can_be_read_is_read()
    {
        File.WriteAllText(_path, "frame");
        Assert.AreEqual(5, ForeignFile.Read(_path, "a drawing", stream => stream.Length));
    }
}
