namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class ShardTests
{
    [TestMethod]
    [DataRow(0L, 3)]
    [DataRow(1L, 4)]
    [DataRow(10L, 3)]
    [DataRow(10L, 10)]
    [DataRow(3L, 100)]
    [DataRow(4_000_000_000_000_000_000L, 7)]
    public void Parts_follow_on_each_other_and_hold_every_row_once(long rows, int count)
    {
        long next = 0;
        for (int index = 0; index < count; index++)
        {
            (long first, long part) = new Shard(index, count).Of(rows);
            Assert.AreEqual(next, first);
            Assert.IsTrue(part == rows / count || part == rows / count + 1, $"{part} rows");
            next = first + part;
        }
        Assert.AreEqual(rows, next);
    }

    [TestMethod]
    [DataRow(0, 1, "out/scores.tsv", "out/scores-0-of-1.tsv")]
    [DataRow(3, 10, "scores.tsv", "scores-3-of-10.tsv")]
    [DataRow(3, 11, "scores", "scores-03-of-11")]
    [DataRow(99, 1000, "/a.b/c.d.json", "/a.b/c.d-099-of-1000.json")]
    public void Files_are_called_so_that_a_shell_lists_them_in_order(int index, int count, string path, string name)
        => Assert.AreEqual(name, new Shard(index, count).PathOf(path).Replace('\\', '/'));
}
