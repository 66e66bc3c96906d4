namespace Microsoft.ML.Spiking.Tests.Managed;

[TestClass]
public class ProductStdpUpdateTests
{
    private static readonly ProductStdp s_rule = (ProductStdp)SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity!;

    public static IEnumerable<object[]> Files => GoldenFile.Of("stdp");

    [TestMethod]
    public void Pre_before_post_strengthens_and_post_before_pre_weakens()
    {
        float[] first = [1, 0], second = [0, 1], none = [0, 0];
        LayerArrays layer = Layer([1, 1, 1, 1], new float[4]);
        s_rule.Present(layer, first, none);
        // Column 1 fired an update after column 0: +A₊ · exp(-1/20) for 0 → 1.
        Assert.AreEqual(0.01 * Math.Exp(-1 / 20.0), s_rule.Present(layer, none, second)[1 * 2 + 0], 1e-8);

        LayerArrays reversed = Layer([1, 1, 1, 1], new float[4]);
        s_rule.Present(reversed, none, second);
        Assert.AreEqual(-0.012 * Math.Exp(-1 / 20.0), s_rule.Present(reversed, first, none)[1 * 2 + 0], 1e-8);
    }

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Every_presentation_follows_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        ProductStdp rule = s_rule with
        {
            Potentiation = file.Number("parameters.a_plus"),
            Depression = file.Number("parameters.a_minus"),
            PreTimeConstant = file.Number("parameters.tau_plus"),
            PostTimeConstant = file.Number("parameters.tau_minus"),
        };
        LayerArrays layer = Layer(file.Array("inputs.topology"), file.Array("inputs.inter_weights"));
        int rows = file.Shape("inputs.pre")[0];
        float[] Row(string array, int row)
        {
            float[] all = file.Array(array);
            return all[(row * all.Length / rows)..((row + 1) * all.Length / rows)];
        }
        for (int row = 0; row < rows; row++)
        {
            Close.Changes(Row("expected.delta", row), rule.Present(layer, Row("inputs.pre", row), Row("inputs.post", row)), $"change {row}");
            Close.Values(Row("expected.pre_trace", row), layer.Plasticity.PreTrace, $"presynaptic trace {row}");
            Close.Values(Row("expected.post_trace", row), layer.Plasticity.PostTrace, $"postsynaptic trace {row}");
            Close.Values(Row("expected.potential", row), layer.Plasticity.Potential, $"potential {row}");
            Close.Values(Row("expected.usage", row), layer.Plasticity.Usage, $"usage {row}");
        }
    }

    private static LayerArrays Layer(float[] topology, float[] weights)
    {
        int columns = (int)Math.Sqrt(topology.Length);
        var layer = new LayerArrays(new ColumnLayer { Columns = columns, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 0 } }, index: 0, seed: 1);
        topology.CopyTo(layer.Topology, 0);
        weights.CopyTo(layer.InterWeights.Weights.Span);
        return layer;
    }
}
