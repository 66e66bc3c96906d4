namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class GoldenFileTests
{
    [TestMethod]
    public void Every_golden_file_is_of_a_kind_that_some_test_reads()
    {
        string[] unknown = [.. GoldenFile.Names.Where(name => GoldenFile.KindOf(name) is null)];
        Assert.IsEmpty(unknown, $"No test reads {string.Join(", ", unknown)} in {GoldenFile.Folder}.");
        Assert.AreNotEqual(0, GoldenFile.Names.Count(), $"{GoldenFile.Folder} holds no golden files.");
    }
}
