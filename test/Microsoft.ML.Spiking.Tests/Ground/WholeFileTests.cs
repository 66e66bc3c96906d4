namespace Microsoft.ML.Spiking.Tests.Ground;

[TestClass]
public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whole");

    public void Dispose()
    {
        _folder.Refresh();
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_named_and_no_file_that_nobody_knows_of()
    {
        string path = PathOf(Path.Combine("absent", "file"));

        foreach (Action write in (Action[])[() => WholeFile.Write(path, _ => { }), () => WholeFile.Try(path)])
            Assert.AreEqual($"the folder '{Path.GetDirectoryName(path)}', where 'file' is to be written, does not exist.",
                Assert.ThrowsExactly<DirectoryNotFoundException>(write).Message);
    }

    [TestMethod]
    public void However_many_write_it_at_once_it_is_always_one_writers_and_nothing_is_left_beside_it()
    {
        string path = PathOf("file");
        WholeFile.Write(path, stream => stream.Write(Filled(0)));
        using var over = new CancellationTokenSource();
        Task reader = Task.Run(() =>
        {
            for (; !over.IsCancellationRequested;) IsWhole(File.ReadAllBytes(path));
        });

        Parallel.For(1, 5, writer =>
        {
            for (int time = 0; time < 30; time++)
                WholeFile.Write(path, stream =>
                {
                    foreach (byte value in Filled((byte)writer)) stream.WriteByte(value);
                });
        });
        over.Cancel();
        reader.Wait();

        IsWhole(File.ReadAllBytes(path));
        Alone(path);
    }

    [TestMethod]
    public void One_that_fails_takes_away_its_own_alone()
    {
        string path = PathOf("file");
        WholeFile.Write(path, outer =>
        {
            outer.Write([1, 2]);
            Assert.ThrowsExactly<InvalidOperationException>(() => WholeFile.Write(path, inner =>
            {
                inner.Write(new byte[10_000]);
                throw new InvalidOperationException();
            }));
        });

        CollectionAssert.AreEqual(new byte[] { 1, 2 }, File.ReadAllBytes(path));
        Alone(path);
    }

    [TestMethod]
    public void A_folder_that_vanishes_is_said_as_such()
        => Assert.ThrowsExactly<DirectoryNotFoundException>(() => WholeFile.Write(PathOf("file"), stream =>
        {
            stream.Write([1]);
            _folder.Delete(recursive: true);
        }));

    [TestMethod]
    public void What_killed_writers_have_left_is_swept_away_and_nothing_else()
    {
        string[] left = [PathOf(".file.0123456789AB.partial"), PathOf(".file.BA9876543210.partial")];
        string[] others =
        [
            PathOf("file"), PathOf(".file.partial"), PathOf(".file.0123456789AB"), PathOf(".file.0123456789AZ.partial"), PathOf(".file.b.0123456789AB.partial"),
            PathOf(".other.0123456789AB.partial"),
        ];
        foreach (string path in left.Concat(others)) File.WriteAllBytes(path, [1]);

        WholeFile.Sweep(PathOf("file"));

        CollectionAssert.AreEquivalent(others, Directory.GetFiles(_folder.FullName));
    }

    [TestMethod]
    public void What_it_begins_is_swept_away_by_its_name()
    {
        string path = PathOf("file"), begun = "";
        WholeFile.Write(path, stream =>
        {
            begun = Directory.GetFiles(_folder.FullName).Single();
            stream.Write([1]);
        });
        File.WriteAllBytes(begun, [1]);

        WholeFile.Sweep(path);

        Alone(path);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Alone(string path) => CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(_folder.FullName));

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 5000 + value)];

    private static void IsWhole(byte[] bytes) => CollectionAssert.AreEqual(Filled(bytes[0]), bytes);
}
