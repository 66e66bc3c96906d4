namespace Microsoft.ML.Spiking.Tests.Ground;

[TestClass]
public sealed class SoleWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sole");

    private string File => Path.Combine(_folder.FullName, "file");

    public void Dispose()
    {
        _folder.Refresh();
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    [TestMethod]
    public void One_at_a_time_has_the_right_and_leaves_nothing()
    {
        using (SoleWriter? first = SoleWriter.Take(File))
        {
            Assert.IsNotNull(first);
            Assert.IsNull(SoleWriter.Take(File));
            using SoleWriter? other = SoleWriter.Take(File + "2");
            Assert.IsNotNull(other);
        }

        using (SoleWriter? second = SoleWriter.Take(File)) Assert.IsNotNull(second);
        Assert.IsEmpty(_folder.GetFileSystemInfos());
    }

    [TestMethod]
    public void A_lock_that_a_killed_process_left_is_in_nobodys_way()
    {
        System.IO.File.WriteAllBytes(Path.Combine(_folder.FullName, ".file.lock"), [1, 2, 3]);

        using (SoleWriter? writer = SoleWriter.Take(File)) Assert.IsNotNull(writer);
        Assert.IsEmpty(_folder.GetFileSystemInfos());
    }

    [TestMethod]
    public void Of_many_who_come_and_go_never_two_have_it()
    {
        int inside = 0, had = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (int time = 0; time < 300; time++)
            {
                using SoleWriter? writer = SoleWriter.Take(File);
                if (writer is null) continue;
                Assert.AreEqual(1, Interlocked.Increment(ref inside));
                Interlocked.Increment(ref had);
                Interlocked.Decrement(ref inside);
            }
        });

        Assert.IsGreaterThan(0, had);
        Assert.IsEmpty(_folder.GetFileSystemInfos());
    }

    [TestMethod]
    public void A_folder_that_vanishes_meanwhile_is_no_trouble()
    {
        using SoleWriter? writer = SoleWriter.Take(File);
        Assert.IsNotNull(writer);
        if (!OperatingSystem.IsWindows()) _folder.Delete(recursive: true);
    }
}
