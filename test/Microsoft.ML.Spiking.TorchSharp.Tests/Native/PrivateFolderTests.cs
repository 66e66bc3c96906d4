using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
[SupportedOSPlatform("linux")]
public sealed class PrivateFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory();

    private string NewPath => Path.Combine(_parent.FullName, "private");

    public void Dispose() => _parent.Delete(recursive: true);

    [TestMethod]
    public void A_new_folder_is_its_users_alone()
    {
        Assert.IsNotNull(PrivateFolder.TryOpen(NewPath));

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(NewPath));
    }

    [TestMethod]
    public void A_folder_that_others_can_write_is_refused()
    {
        Directory.CreateDirectory(NewPath);
        File.SetUnixFileMode(NewPath, File.GetUnixFileMode(NewPath) | UnixFileMode.OtherWrite);

        Assert.IsNull(PrivateFolder.TryOpen(NewPath));
    }

    [TestMethod]
    public void A_link_to_a_private_folder_is_refused()
    {
        Assert.IsNotNull(PrivateFolder.TryOpen(NewPath));
        string link = NewPath + "-link";
        Directory.CreateSymbolicLink(link, NewPath);

        Assert.IsNull(PrivateFolder.TryOpen(link));
    }

    [TestMethod]
    public void A_place_where_no_folder_can_be_made_is_refused()
    {
        File.WriteAllText(NewPath, "");

        Assert.IsNull(PrivateFolder.TryOpen(NewPath));
        Assert.IsNull(PrivateFolder.TryOpen(Path.Combine(NewPath, "below a file")));
    }

    [TestMethod]
    public void A_copy_is_named_by_its_hash_and_alone()
    {
        byte[] content = [1, 2, 3];

        string copy = PrivateFolder.TryOpen(NewPath)!.TryKeep(content)!;

        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(content)) + ".so", Path.GetFileName(copy));
        CollectionAssert.AreEqual(new[] { copy }, Directory.GetFiles(NewPath));
        CollectionAssert.AreEqual(content, File.ReadAllBytes(copy));
    }

    [TestMethod]
    public void A_copy_that_was_tampered_with_is_written_again()
    {
        byte[] content = [1, 2, 3];
        PrivateFolder folder = PrivateFolder.TryOpen(NewPath)!;
        File.WriteAllBytes(folder.TryKeep(content)!, [1, 2, 4]);

        string copy = folder.TryKeep(content)!;

        CollectionAssert.AreEqual(content, File.ReadAllBytes(copy));
    }

    [TestMethod]
    public void A_copy_that_is_whole_is_left_alone()
    {
        PrivateFolder folder = PrivateFolder.TryOpen(NewPath)!;
        string copy = folder.TryKeep([1, 2, 3])!;
        File.SetLastWriteTimeUtc(copy, DateTime.UnixEpoch);

        folder.TryKeep([1, 2, 3]);

        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(copy));
    }
}
