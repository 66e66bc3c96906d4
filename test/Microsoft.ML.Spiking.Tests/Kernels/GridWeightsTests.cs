using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class GridWeightsTests
{
    private const int Inputs = 300;

    private static readonly ColumnLayer s_layer = SpikingNetworkOptions.Reference.Network.ColumnLayers[0] with { Columns = 3, NeuronsPerColumn = 20 };

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    [DataRow(1.0)]
    public void Currents_are_those_of_the_weights_themselves_to_the_bit(double fraction)
    {
        float[] drawn = ColumnInitialiser.Draw(s_layer, Inputs, seed: 1);
        drawn[7] = -0f;
        PanelWeights weights = Weights(drawn);
        GridWeights onGrid = GridWeights.TryCreate(new Lanes(s_layer), weights)!;
        var random = CounterRandom.FromSeed(2);
        int[] inputs = [.. Enumerable.Range(0, Inputs).Where(input => random.Uniform((ulong)input) < fraction)];
        float[] expected = new float[Lanes.Panel], found = new float[Lanes.Panel], ones = [.. inputs.Select(_ => 1f)];
        for (int panel = 0; panel < new Lanes(s_layer).Panels; panel++)
        {
            CurrentKernel.OfConstant(inputs, ones, weights[panel], expected);
            CurrentKernel.OfBinary(inputs, onGrid[panel], onGrid.Units(panel), found);
            CollectionAssert.AreEqual(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(found).ToArray());
            Assert.AreEqual(fraction > 0, expected.Any(current => current != 0));
        }
    }

    [TestMethod]
    [DataRow(0.1f)]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void One_weight_off_the_grid_is_enough_for_none(float weight)
    {
        float[] drawn = ColumnInitialiser.Draw(s_layer, Inputs, seed: 1);
        drawn[^1] = weight;
        Assert.IsNull(GridWeights.TryCreate(new Lanes(s_layer), Weights(drawn)));
    }

    private static PanelWeights Weights(float[] drawn) => new(new Lanes(s_layer), drawn, Inputs);
}
