using TorchSharp;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class NativeFoldersTests
{
    [TestMethod]
    [DataRow("cuda-12.8")]
    [DataRow("cpu")]
    public void What_TorchSharp_has_gathered_for_a_notebook_is_found(string name)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(typeof(torch).Assembly.Location)!, name));
        string part = Path.Combine(folder.FullName, $"lib{Guid.NewGuid()}.so");
        try
        {
            Assert.IsNull(NativeFolders.Find(Path.GetFileName(part)));
            File.WriteAllText(part, "");
            Assert.AreEqual(part, NativeFolders.Find(Path.GetFileName(part)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("linux-x64", System.Runtime.InteropServices.Architecture.X64, "linux-x64")]
    [DataRow("linux-musl-x64", System.Runtime.InteropServices.Architecture.X64, "linux-musl-x64")]
    [DataRow("ubuntu.24.04-x64", System.Runtime.InteropServices.Architecture.X64, "linux-x64")]
    [DataRow("debian.12-arm64", System.Runtime.InteropServices.Architecture.Arm64, "linux-arm64")]
    public void A_distributions_own_DotNet_looks_where_packages_put_their_files(string said, System.Runtime.InteropServices.Architecture architecture, string expected)
        => Assert.AreEqual(expected, NativeFolders.Portable(said, architecture));
}
