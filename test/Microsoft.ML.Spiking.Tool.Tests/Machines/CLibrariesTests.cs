using System.Runtime.Versioning;

namespace Microsoft.ML.Spiking.Tests.Machines;

[TestClass]
[SupportedOSPlatform("linux")]
public class CLibrariesTests
{
    [TestMethod]
    public void Thirty_is_newer_than_nine() => Assert.AreEqual(30, CLibraries.NewestGlibcxx("GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.11"u8));
}
