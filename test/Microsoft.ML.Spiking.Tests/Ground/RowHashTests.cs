namespace Microsoft.ML.Spiking.Tests.Ground;

[TestClass]
public class RowHashTests
{
    [TestMethod]
    public void Every_value_and_its_place_count()
    {
        for (int length = 1; length < 30; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i % 3 * 0.5f)];
            var hashes = new HashSet<ulong> { RowHash.Of(values) };
            Assert.IsFalse(hashes.Add(RowHash.Of([.. values])), "equal rows are equal");
            for (int i = 0; i < length; i++)
            {
                float[] other = [.. values];
                other[i] = MathF.BitIncrement(other[i]);
                Assert.IsTrue(hashes.Add(RowHash.Of(other)), $"value {i} of {length}");
            }
            Assert.IsTrue(hashes.Add(RowHash.Of([.. values, 0])), "a value more");
        }
    }
}
