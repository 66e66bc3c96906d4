namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public class DigitCacheTests
{
    [TestMethod]
    public void The_cache_lies_where_XDG_says()
    {
        string root = Path.GetFullPath("somewhere");

        Assert.AreEqual(Path.Combine(root, "microsoft-ml-spiking", "mnist"), DigitCache.Of(_ => root).Mnist);
    }

    [TestMethod]
    public void A_relative_path_in_XDG_is_ignored()
        => Assert.AreEqual(DigitCache.Of(_ => null), DigitCache.Of(_ => "somewhere"));

    [TestMethod]
    public void Without_XDG_the_cache_still_has_an_absolute_path()
        => Assert.IsTrue(Path.IsPathFullyQualified(DigitCache.Of(_ => null).Mnist));
}
