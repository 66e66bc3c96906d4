namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>What is known of rows that are not held.</summary>
[TestClass]
public class RowCensusTests
{
    [TestMethod]
    public void It_knows_which_rows_of_the_view_are_meant()
    {
        var random = new Random(1);
        long[] places = [.. Enumerable.Range(0, 1000).Select(place => (long)place).Where(_ => random.Next(3) > 0)];
        RowCensus census = Of(places, _ => 0, _ => 1);

        Assert.AreEqual(places.Length, census.Count);
        for (int row = 0; row < places.Length; row++) Assert.AreEqual(places[row], census.PlaceOf(row));
        CollectionAssert.AreEqual(places, Enumerable.Range(0, 2000).Select(place => (long)place).Where(census.Has).ToArray());
    }

    [TestMethod]
    public void Classes_and_weights_are_those_of_rows_that_are_held()
    {
        int[] labels = [0, 2, 2, 0, 2];
        float[] weights = [1, 2, 4, 1, 0.5f];
        RowCensus census = Of([0, 1, 2, 3, 4], row => labels[row], row => weights[row]);
        IntensitySamples held = Held(labels, weights);

        CollectionAssert.AreEqual(new[] { 2, 0, 3 }, census.OfClasses(3));
        CollectionAssert.AreEqual(new HeldRows(held).OfClasses(3), census.OfClasses(3));
        foreach (double[]? classes in (double[]?[])[null, [8, 1, 2]])
            CollectionAssert.AreEqual(RowWeights.Of(held, classes)!.All(held), census.Weights(classes)!.All(held));
    }

    /// <summary>A sum of many numbers depends on their order, and the model on every bit.</summary>
    [TestMethod]
    public void Weights_are_to_the_bit_those_of_rows_that_are_held()
    {
        const int Rows = 100_000;
        var random = new Random(1);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row == 0 ? 0 : 1)];
        float[] weights = [.. labels.Select(label => label == 0 ? 1e16f : 0.9f + 0.1f * random.NextSingle())];   // all of the ones are little beside the other
        RowCensus census = Of([.. Enumerable.Range(0, Rows).Select(row => (long)row)], row => labels[row], row => weights[row]);
        IntensitySamples held = Held(labels, weights);

        CollectionAssert.AreEqual(RowWeights.Of(held, null)!.All(held), census.Weights(null)!.All(held));
    }

    [TestMethod]
    public void Rows_that_weigh_alike_have_no_weights()
    {
        Assert.IsNull(Of([0, 1, 2], row => row, _ => 0.5f).Weights(null));
        Assert.IsNull(Of([0, 1], row => row, row => row + 1).Weights([2, 1]), "a class's weight may even a row's out");
        Assert.IsNotNull(Of([0, 1], row => row, row => row + 1).Weights(null));
    }

    [TestMethod]
    public void Each_row_has_a_say_in_what_rows_are_told_by()
    {
        RowDigests Digests(int label, float weight, ulong hash)
        {
            var census = new RowCensus();
            for (int row = 0; row < 100; row++) census.Add(row, row == 70 ? hash : 9, row == 70 ? label : 1, row == 70 ? weight : 1);
            return census.Digests(new RowWeights(null, 1));
        }

        RowDigests digests = Digests(1, 1, 9);
        Assert.AreEqual(digests, Digests(1, 1, 9));
        Assert.AreNotEqual(digests.Labels, Digests(2, 1, 9).Labels);
        Assert.AreNotEqual(digests.Weights, Digests(1, 2, 9).Weights);
        Assert.AreNotEqual(digests.Features, Digests(1, 1, 8).Features);
        Assert.AreEqual(digests.Labels, Digests(1, 1, 8).Labels);
    }

    private static RowCensus Of(long[] places, Func<int, int> label, Func<int, float> weight)
    {
        var census = new RowCensus();
        for (int row = 0; row < places.Length; row++) census.Add(places[row], (ulong)row, label(row), weight(row));
        return census;
    }

    private static IntensitySamples Held(int[] labels, float[] weights)
    {
        var samples = new IntensitySamples(InputShape.Intensities(1));
        var rows = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, labels.Length).Select(row => new One { Features = [row] }));
        using DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema);
        SampleReader reader = SampleReader.Create(cursor, rows.Schema["Features"], InputShape.Intensities(1));
        for (int row = 0; cursor.MoveNext(); row++)
        {
            reader.Read();
            samples.Add(reader, labels[row], weights[row]);
        }
        return samples;
    }

    private sealed class One
    {
        [Microsoft.ML.Data.VectorType(1)]
        public float[] Features { get; set; } = [];
    }
}
