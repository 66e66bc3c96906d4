using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>Rows whose input is the same in every step, without a loop over time and with it, to the bit.</summary>
[TestClass]
public class ConstantInputTests
{
    private static readonly LifNeuron s_odd = new() { Threshold = -0.5f, Reset = -2, MembraneTimeConstant = 7, SynapseTimeConstant = 1.5 };

    public static IEnumerable<object[]> Presets =>
        from options in (SpikingNetworkOptions[])[new(), SpikingNetworkOptions.Reference, SpikingNetworkOptions.Best]
        from codes in ((SpikeCode, EvaluationCode)[])
        [
            (new RateCode(), new ExpectedCode()),
            (new RateCode { MaximumProbability = 1 }, new DeterministicCode()),
            (new SigmoidCode { Mean = 0.1307, Deviation = 0.3081 }, new ExpectedCode()),
            (new SigmoidCode { Mean = 0.1307, Deviation = 0.3081 }, new DeterministicCode()),
            (new DirectCode { Gain = 1 }, new ExpectedCode()),
            (new DirectCode { Gain = 1 }, new TrainingCode()),
            (new TopKCode(), new ExpectedCode()),
        ]
        select new object[] { options.Network with { Code = codes.Item1, EvaluationCode = codes.Item2 } };

    public static IEnumerable<object[]> Layouts =>
        from layout in ((int, int)[])[(3, 10), (5, 16), (2, 100), (7, 64), (33, 5), (70, 20), (1, 1), (2, 300), (16, 63)]
        from steps in (int[])[1, 13, 64]
        from neurons in ((LifNeuron, LifNeuron)[])[(new(), new()), (new() { Reset = 1 }, new() { Threshold = 0.3f, Reset = -1 }), (s_odd, new())]
        select new object[] { layout.Item1, layout.Item2, steps, neurons.Item1, neurons.Item2 };

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void A_preset_does_with_any_noiseless_code_what_its_steps_do(SpikingNetwork network)
    {
        ColumnLayer layer = network.ColumnLayers[0];
        InputShape shape = InputShape.Intensities(28, 28);
        var fields = ReceptiveFields.Of(layer, shape);
        ColumnScoring columns = Layer(layer, ColumnInitialiser.Draw(layer, shape.Inputs, seed: 1, fields), shape.Inputs, network.TimeSteps, fields);
        var encoder = new SampleEncoder(
            network, network.ChosenCode.Standardise(FeatureStatistics.None, FeatureScaling.Shared), network.ChosenCode.InitialInputScales(shape.Inputs));
        Assert.AreNotEqual(0, Compare(columns, encoder, network.TimeSteps, Images(rows: 21, shape.Inputs)), "neurons must fire for this to tell anything");
    }

    [TestMethod]
    [DynamicData(nameof(Layouts))]
    public void A_layer_of_any_layout_and_constants_does_what_its_steps_do(int columns, int neurons, int steps, LifNeuron excitatory, LifNeuron inhibitory)
    {
        const int Inputs = 30;
        foreach (double fraction in (double[])[0, 0.8, 1])
        {
            var layer = new ColumnLayer { Columns = columns, NeuronsPerColumn = neurons, Excitatory = excitatory, Inhibitory = inhibitory, ExcitatoryFraction = fraction, ExcitatoryGain = 3, InhibitoryGain = 3 };
            var network = new SpikingNetwork { Code = new DirectCode { Gain = 1 }, Layers = [layer], TimeSteps = steps };
            ColumnScoring of = Layer(layer, ColumnInitialiser.Draw(layer, Inputs, seed: columns), Inputs, steps);
            Compare(of, new SampleEncoder(network, new Standardisation(0, 1), default), steps, Images(rows: 5, Inputs));
        }
    }

    [TestMethod]
    public void Currents_that_are_not_finite_do_what_their_steps_do()
    {
        var layer = new ColumnLayer { Columns = 2, NeuronsPerColumn = 8 };
        float[] odd = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue, float.MinValue, 1e30f, 0, -0f];
        var network = new SpikingNetwork { Code = new DirectCode { Gain = 1 }, Layers = [layer] };
        ColumnScoring columns = Layer(layer, [.. odd, .. odd.Reverse()], inputs: 1, network.TimeSteps);
        Compare(columns, new SampleEncoder(network, new Standardisation(0, 1), default), network.TimeSteps, [1]);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void So_many_rows_that_weights_become_integers_do_what_their_steps_do(bool frozen)
    {
        const int Inputs = 60, Rows = 1100;
        SpikingNetwork network = SpikingNetworkOptions.Reference.Network;
        ColumnLayer layer = network.ColumnLayers[0] with { Columns = 2, NeuronsPerColumn = 20 };
        if (!frozen) layer = layer with { Learning = new Surrogate() };
        ColumnScoring columns = Layer(layer, ColumnInitialiser.Draw(layer, Inputs, seed: 1), Inputs, network.TimeSteps);
        var encoder = new SampleEncoder(
            network, network.ChosenCode.Standardise(FeatureStatistics.None, FeatureScaling.Shared), network.ChosenCode.InitialInputScales(Inputs));
        Assert.IsNull(columns.Columns.OnGrid(rows: 1));
        Assert.AreNotEqual(0, Compare(columns, encoder, network.TimeSteps, Images(Rows, Inputs)), "neurons must fire for this to tell anything");
        Assert.AreEqual(frozen, columns.Columns.OnGrid(rows: 1) is not null);
    }

    [TestMethod]
    public void Neurons_that_must_be_stepped_have_no_rasters()
    {
        static LayerRasters? Of(ColumnLayer layer, int steps = 8) => LayerRasters.Of(layer, new Lanes(layer), steps);
        var layer = new ColumnLayer();
        Assert.IsNotNull(Of(layer));
        Assert.IsNull(Of(layer, steps: 65));
        Assert.IsNull(Of(layer with { Coupling = 0.1 }));
        Assert.IsNull(Of(layer with { Recurrence = new Recurrence() }));
        Assert.IsNull(Of(layer with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }));
        Assert.IsNull(Of(layer with { Inhibitory = new LifNeuron { SynapseTimeConstant = 1e-3 } }));
    }

    [TestMethod]
    public void Rows_of_both_kinds_may_be_read_together()
    {
        var layer = new ColumnLayer { Columns = 2, NeuronsPerColumn = 8, ExcitatoryGain = 3, InhibitoryGain = 3 };
        ColumnScoring columns = Layer(layer, ColumnInitialiser.Draw(layer, 5, seed: 1), 5, steps: 8);
        Stimulus held = new(8), train = new(8);
        held.Hold([1, 1, 1, 1, 1]);
        PoissonSampler.Draw([0.5f, 0.5f, 0.5f, 0.5f, 0.5f], CounterRandom.FromSeed(1), train.Fire());
        float[] together = Read(columns, [held, train]), alone = [.. Read(columns, [held]), .. Read(columns, [train])];
        CollectionAssert.AreEqual(alone, together);
        Assert.AreNotEqual(0, alone.Count(rate => rate != 0));

        static float[] Read(ColumnScoring layer, Stimulus[] rows)
        {
            var workspace = new ScoringWorkspace([layer], encoder: null!, steps: 8);
            foreach (Stimulus row in rows) workspace.Show(row);
            var rates = new float[rows.Length * layer.Shape.Neurons];
            workspace.Read(rates, new float[rows.Length * layer.Columns.Lanes.Columns]);
            return rates;
        }
    }

    /// <returns>How many rates are not 0.</returns>
    private static int Compare(ColumnScoring layer, SampleEncoder encoder, int steps, float[] features)
    {
        int columns = layer.Columns.Lanes.Columns, inputs = layer.Columns.Weights.Values.Length / layer.Columns.Lanes.Sign.Length, rows = features.Length / inputs, fired = 0;
        Assert.IsNotNull(layer.Rasters);
        // Where membranes are kept, the steps are taken.
        ScoringWorkspace atOnce = new([layer], encoder, steps), stepped = new([layer], encoder, steps, keep: true);
        for (int first = 0; first < rows; first += ScoringWorkspace.Rows)
        {
            int count = Math.Min(ScoringWorkspace.Rows, rows - first);
            var found = new Answer(count, layer.Shape.Neurons, columns);
            for (int row = 0; row < count; row++) atOnce.Show([.. features.AsSpan((first + row) * inputs, inputs)]);
            atOnce.Read(found.Rates, found.ColumnRates, found.Active, found.Constant);
            for (int row = 0; row < count; row++)
            {
                var expected = new Answer(1, layer.Shape.Neurons, columns);
                stepped.Show([.. features.AsSpan((first + row) * inputs, inputs)]);
                stepped.Read(expected.Rates, expected.ColumnRates, expected.Active, expected.Constant);
                CollectionAssert.AreEqual(Bits(expected.Rates), Bits(found.Rates.AsSpan(row * layer.Shape.Neurons, layer.Shape.Neurons)), $"row {first + row}");
                CollectionAssert.AreEqual(Bits(expected.ColumnRates), Bits(found.ColumnRates.AsSpan(row * columns, columns)));
                CollectionAssert.AreEqual(expected.Active, found.Active[(row * columns)..((row + 1) * columns)]);
                CollectionAssert.AreEqual(expected.Constant, found.Constant[(row * columns)..((row + 1) * columns)]);
                fired += expected.Rates.Count(rate => rate != 0);
            }
        }
        return fired;
    }

    private static ColumnScoring Layer(ColumnLayer layer, float[] weights, int inputs, int steps, ReceptiveFields? fields = null)
    {
        var columns = new ColumnSimulation(layer, weights, inputs, fields);
        var random = CounterRandom.FromSeed(3);
        float[] heard = [.. Enumerable.Range(0, layer.Columns * layer.Columns).Select(i => random.Uniform(2 * (ulong)i) < 0.3 ? (float)random.Normal(2 * (ulong)i + 1) : 0)];
        return new(columns, new DenseKernel(heard, [], layer.Columns), new float[layer.Columns], layer.Shape(inputs), isRead: true, steps);
    }

    /// <summary>A fifth of the pixels are bright.</summary>
    private static float[] Images(int rows, int inputs)
    {
        var random = CounterRandom.FromSeed(9);
        return [.. Enumerable.Range(0, rows * inputs).Select(i => random.Uniform(2 * (ulong)i) < 0.2 ? (float)random.Uniform(2 * (ulong)i + 1) : 0)];
    }

    private static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();

    private sealed class Answer(int rows, int neurons, int columns)
    {
        public float[] Rates { get; } = new float[rows * neurons];

        public float[] ColumnRates { get; } = new float[rows * columns];

        public int[] Active { get; } = new int[rows * columns];

        public int[] Constant { get; } = new int[rows * columns];
    }
}
