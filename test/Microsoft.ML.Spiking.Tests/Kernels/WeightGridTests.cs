namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class WeightGridTests
{
    [TestMethod]
    public void The_grid_is_as_fine_as_the_larger_of_both_sums_allows()
    {
        // 1 + 2 = 3 takes 3 · 2¹³ = 24576 of 32767 units, and twice that would be too many; the sum below 0 is smaller.
        float[] weights = [1, 2, -1 / 3f, -2];
        WeightGrid.Round(weights);
        CollectionAssert.AreEqual((float[])[1, 2, -2731 / 8192f, -2], weights);
        Assert.AreEqual(13, WeightGrid.Find(weights));
    }

    [TestMethod]
    [DataRow(new[] { 1 / 3f }, new[] { 21845 / 65536f }, 16, DisplayName = "43690 / 2^17 would be too large")]
    [DataRow(new[] { 1 / 3f, -1 / 3f }, new[] { 21845 / 65536f, -21845 / 65536f }, 16, DisplayName = "those above 0 and those below are summed apart")]
    [DataRow(new[] { 1 / 3f, 1 / 3f }, new[] { 10923 / 32768f, 10923 / 32768f }, 15, DisplayName = "together they are two thirds")]
    [DataRow(new[] { 1f }, new[] { 1f }, 0, DisplayName = "one lies on the coarsest, rounded on 2^-14")]
    [DataRow(new[] { 0f, 0f }, new[] { 0f, 0f }, -100, DisplayName = "nothing lies on all")]
    public void Weights_are_rounded_to_the_finest_grid_and_lie_on_it(float[] weights, float[] rounded, int grid)
    {
        float[] found = [.. weights];
        WeightGrid.Round(found);

        CollectionAssert.AreEqual(rounded, found);
        Assert.AreEqual(grid, WeightGrid.Find(found));
    }

    [TestMethod]
    public void Whole_numbers_are_on_a_coarse_grid()
    {
        Assert.AreEqual(0, WeightGrid.Find([3, -4, 0]));
        Assert.AreEqual(-2, WeightGrid.Find([4, 8, -12]));
        Assert.AreEqual(1, WeightGrid.Find([1.5f, 8]));
    }

    [TestMethod]
    public void Sums_beyond_16_bits_and_numbers_of_too_many_digits_are_on_no_grid()
    {
        Assert.AreEqual(0, WeightGrid.Find([32766, 1]));
        Assert.IsNull(WeightGrid.Find([32766, 1, 1]));
        Assert.AreEqual(0, WeightGrid.Find([32766, -32767, 1]));
        Assert.IsNull(WeightGrid.Find([1, 1 / 3f]));
    }

    [TestMethod]
    public void A_drawn_network_lies_on_its_grid_and_hardly_moves()
    {
        const int inputs = 784;
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with { Columns = 2 }) };
        float[] weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], inputs, seed: 1);
        for (int neuron = 0; neuron < 2 * options.Network.ColumnLayers[0].NeuronsPerColumn; neuron++) Assert.IsNotNull(WeightGrid.Find(weights.AsSpan(neuron * inputs, inputs)));

        CounterRandom random = CounterRandom.FromSeed(1).For(0);
        double error = 0, deviation = 0.3 * Math.Sqrt(2.0 / inputs);
        for (int i = 0; i < inputs; i++) error += Math.Pow(weights[i] - deviation * random.Normal((ulong)i), 2) / inputs;
        Assert.AreEqual(0.005, Math.Sqrt(error) / deviation, 0.002, "a grid of 2⁻¹² against a deviation of 0.0152");
    }
}
