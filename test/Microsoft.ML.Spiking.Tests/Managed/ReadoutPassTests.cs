namespace Microsoft.ML.Spiking.Tests.Managed;

/// <summary>The readout's gradients against finite differences of its loss, in both orders of the neurons' sums, with dropout and without, whatever is made of windows.</summary>
[TestClass]
public class ReadoutPassTests
{
    private const int Batch = 5, Classes = 3, Step = 7;

    private static readonly int[] s_labels = [0, 1, 2, 0, 1];

    [TestMethod]
    [DataRow(6, 0.0, false)]
    [DataRow(6, 0.4, false)]
    [DataRow(6, 0.4, true)]
    [DataRow(0, 0.0, false)]
    [DataRow(0, 0.0, true)]
    [DataRow(6, 0.0, false, 3)]
    [DataRow(6, 0.4, false, 3, WindowPooling.Maximum)]
    [DataRow(0, 0.0, false, 4, WindowPooling.Maximum)]
    [DataRow(6, 0.4, false, 3, WindowPooling.Attention)]
    [DataRow(0, 0.0, false, 4, WindowPooling.Attention)]
    public void Gradients_are_finite_differences(int hidden, double dropout, bool byNeuron, int windows = 1, WindowPooling pooling = WindowPooling.Concatenate)
    {
        ColumnLayer first = new() { Columns = 2, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 0 } }, second = first with { Columns = 3 };
        var network = new NetworkArrays(new SpikingNetwork { Layers = [first, second], Readout = new Readout { HiddenUnits = hidden, Dropout = dropout, Layers = ReadLayers.All, Windows = windows, Pooling = pooling } }, inputs: 4, Classes, seed: 3);
        if (network.AttentionWeight is { } attention)
            for (int i = 0; i < attention.Weights.Length; i++) attention.Weights.Span[i] = MathF.Sin(i);
        NeuronSums[] read = [Sums(first, byNeuron, windows, seed: 1), Sums(second, byNeuron, windows, seed: 2)], gradients = [.. read.Select(sums => sums.Alike())];
        var pass = new ReadoutPass(network);
        float[] ofLogits = new float[Batch * Classes];
        double Loss()
        {
            pass.Forward(read, Batch, Step);
            return CrossEntropy.Of(pass.Logits, s_labels, weights: null, smoothing: 0, ofLogits);
        }
        Loss();
        ofLogits.CopyTo(pass.LogitsGradient);
        pass.Backward(read, gradients, Batch);

        TrainedArray?[] trained = [network.HiddenWeight, network.HiddenBias, network.OutputWeight, network.OutputBias, network.AttentionWeight];
        foreach (TrainedArray array in trained.OfType<TrainedArray>()) Check(array.Weights, array.Gradient.Span.ToArray());
        // Lanes beyond the batch stand for nobody: neither they nor their gradient is anything.
        foreach (var (sums, gradient) in read.Zip(gradients)) Check(sums.Values, gradient.Values.Span.ToArray());

        void Check(AlignedFloats values, float[] found)
        {
            const float Small = 1f / 512;
            double here = Loss();
            int bends = 0;
            for (int i = 0; i < values.Length; i++)
            {
                float was = values.Span[i];
                values.Span[i] = was + Small;
                double up = Loss();
                values.Span[i] = was - Small;
                double down = Loss();
                values.Span[i] = was;
                if (Math.Abs((up - down) / (2 * Small) - found[i]) <= 2e-4) continue;
                // Where a rectifier or a maximum bends in between, the gradient is that of one of its sides.
                bends++;
                double above = (up - here) / Small, below = (here - down) / Small;
                Assert.AreEqual(Math.Abs(above - found[i]) < Math.Abs(below - found[i]) ? above : below, found[i], 2e-3, $"number {i} of {values.Length}");
            }
            Assert.IsLessThanOrEqualTo(values.Length / 50 + 1, bends, "bends are rare");
        }
    }

    [TestMethod]
    public void Dropout_leaves_out_its_share_anew_in_every_step_and_keeps_the_mean()
    {
        const int Units = 100_000;
        ulong least = DropoutNoise.Least(0.3);
        bool[] one = [.. Enumerable.Range(0, Units).Select(unit => DropoutNoise.Keeps(DropoutNoise.Of(seed: 1, step: 1), unit, least))];
        bool[] next = [.. Enumerable.Range(0, Units).Select(unit => DropoutNoise.Keeps(DropoutNoise.Of(seed: 1, step: 2), unit, least))];

        Assert.AreEqual(0.7, one.Count(kept => kept) / (double)Units, 0.006);
        Assert.AreEqual(0.49, one.Zip(next).Count(pair => pair.First && pair.Second) / (double)Units, 0.006);
        Assert.AreEqual(0ul, DropoutNoise.Least(0));
    }

    private static NeuronSums Sums(ColumnLayer layer, bool byNeuron, int windows, int seed)
    {
        NeuronSums sums = byNeuron ? NeuronSums.ByNeuron(Batch, layer.Columns, layer.NeuronsPerColumn, lanes: 8) : NeuronSums.BySample(Batch, layer.Columns, layer.NeuronsPerColumn, windows);
        var random = CounterRandom.FromSeed(seed);
        ulong drawn = 0;
        for (int column = 0; column < layer.Columns; column++)
            for (int i = 0; i < sums.Stretches; i++)
                foreach (ref float value in sums.Stretch(column, i)) value = (float)random.Normal(drawn++);
        return sums;
    }
}
