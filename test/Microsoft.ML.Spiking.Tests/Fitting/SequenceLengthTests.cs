using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Sequences that end before their column: in all inputs of the steps that they lack there is NaN.</summary>
[TestClass]
public class SequenceLengthTests
{
    private const int Rows = 12, Steps = 7, Inputs = 5;

    private static readonly MLContext s_ml = new(seed: 1);

    // Plasticity compares rates over all steps, those after the end too; without it nothing may know of them.
    private static SpikingNetworkOptions Options => Toy.Options with
    {
        Network = Toy.Options.Network.EachLayer(layer => layer with { ExcitatoryGain = 2, InhibitoryGain = 2, Delays = [0, 2], Plasticity = null, StructuralPlasticity = null }) with
        {
            Code = new SequenceCode { Step = new RateCode() }, Scaling = FeatureScaling.PerInput, Readout = new Readout { HiddenUnits = 8, Windows = 3 },
        },
        Batches = 6, BatchSize = Rows,
    };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_follows_the_end_changes_nothing_in_a_training(bool coupled)
    {
        SpikingNetworkOptions options = Options with { Network = Options.Network.EachLayer(layer => layer with { Coupling = coupled ? 1 : 0 }) };
        SpikingModel exact = Fit(options, Steps, Row), padded = Fit(options, Steps + 4, row => [.. Row(row), .. Enumerable.Repeat(float.NaN, 4 * Inputs)]);
        Assert.AreEqual(exact.Standardisation, padded.Standardisation);
        Near(exact.Layers[0].InputWeights, padded.Layers[0].InputWeights);
        Near(exact.Layers[0].InterWeights, padded.Layers[0].InterWeights);
        Near(exact.HiddenWeights, padded.HiddenWeights);
        Near(exact.OutputWeights, padded.OutputWeights);
        Near(exact.Layers[0].AverageRate, padded.Layers[0].AverageRate);
        Near(exact.Layers[0].SaturatedShare, padded.Layers[0].SaturatedShare);

        // But for the order in which the sums of a gradient are rounded.
        static void Near(ImmutableArray<float> expected, ImmutableArray<float> actual)
        {
            Assert.HasCount(expected.Length, actual);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f, $"number {i}");
        }
    }

    [TestMethod]
    public void Changes_are_measured_within_a_sequence()
    {
        SpikingNetworkOptions options = Options with { Network = Options.Network with { Code = new DeltaCode() } };
        Assert.AreEqual(Fit(options, Steps, Row).Standardisation, Fit(options, Steps + 4, row => [.. Row(row), .. Enumerable.Repeat(float.NaN, 4 * Inputs)]).Standardisation);
    }

    [TestMethod]
    public void A_gap_within_a_sequence_and_a_row_of_nothing_are_missing_and_a_shorter_one_is_none()
    {
        SpikingNetworkTransformer network = Trained(Options, Steps, Row);
        float[] gap = Row(0), partly = Row(0), ends = Row(0);
        gap.AsSpan(2 * Inputs, Inputs).Fill(float.NaN);
        partly[^1] = float.NaN;
        ends.AsSpan(3 * Inputs).Fill(float.NaN);
        float[][] rows = [Row(0), gap, partly, ends, [.. Enumerable.Repeat(float.NaN, Steps * Inputs)]];
        float[][] scores = [.. network.Transform(View(Steps, rows)).GetColumn<float[]>("Score")];
        CollectionAssert.AreEqual(new[] { false, true, true, false, true }, scores.Select(score => float.IsNaN(score[0])).ToArray());
        Assert.AreNotEqual(scores[0][0], scores[3][0]);
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => new SpikeRecorder(network).Record(gap)).Message, "A feature is NaN");
    }

    [TestMethod]
    public void One_neurons_rate_is_over_its_own_steps_and_windows()
    {
        SpikeRecording recording = Recorded(new Readout { HiddenUnits = 0, Windows = 2 }, [1, 0, 0, 1, 0, 0]);
        Assert.AreEqual(2 / 5f, recording.SpikeRate[0], 1e-6f);
        double first = Math.Exp(1 / 2.0), second = Math.Exp(1 / 3.0), all = first + second + 1;
        Assert.AreEqual(first / all, recording.Score[0], 1e-6);
        Assert.AreEqual(second / all, recording.Score[1], 1e-6);
        Assert.AreEqual(5, recording.Layers[0].Steps);
        Assert.AreEqual(2 * 3 + 5, recording.Cost.SynapticOperations, "five inputs each through a synapse, and a neuron that fired in both windows, to three classes");
    }

    [TestMethod]
    // Spikes one and three steps before the end, each step leaving half.
    [DataRow(1 / 0.6931471805599453, 1, (0.5 + 0.125) / (1 + 0.5 + 0.25 + 0.125 + 0.0625), 0.0)]
    // The first window ends with its spike, the second goes on for a step.
    [DataRow(1 / 0.6931471805599453, 2, 1 / 1.5, 0.5 / 1.75)]
    // The last step alone, and then the rates as they are.
    [DataRow(0.01, 1, 0.0, 0.0)]
    [DataRow(1e6, 2, 1 / 2.0, 1 / 3.0)]
    public void A_readout_that_forgets_counts_a_spike_by_how_long_ago_it_was(double timeConstant, int windows, double firstRate, double secondRate)
    {
        SpikeRecording recording = Recorded(new Readout { HiddenUnits = 0, Windows = windows, TimeConstant = timeConstant }, windows == 1 ? [1, 0, 0] : [1, 0, 0, 1, 0, 0]);
        double first = Math.Exp(firstRate), second = Math.Exp(secondRate), all = first + second + 1;
        Assert.AreEqual(first / all, recording.Score[0], 1e-6);
        Assert.AreEqual(second / all, recording.Score[1], 1e-6);
        Assert.AreEqual(2 / 5f, recording.SpikeRate[0], 1e-6f, "a column's rate is what its neurons fire");
    }

    [TestMethod]
    // Spikes in the second and the fourth of five steps; a step leaves half of a membrane, which is 0, 1, 1/2, 5/4 and 5/8 after them.
    [DataRow(7, 0.0, 1.25)]
    // Windows that end after two and five steps.
    [DataRow(2, 0.625, 1.0)]
    public void The_maximum_over_windows_is_that_of_a_leaky_integrators_membrane(int windows, double lowest, double highest)
    {
        SpikeRecording recording = Recorded(new Readout { HiddenUnits = 0, Windows = windows, Pooling = WindowPooling.Maximum, TimeConstant = 1 / Math.Log(2) }, [1, -1, 0]);
        double all = 2 - Math.Pow(0.5, Steps - 1), first = Math.Exp(highest / all), second = Math.Exp(-lowest / all), sum = first + second + 1;
        Assert.AreEqual(first / sum, recording.Score[0], 1e-6);
        Assert.AreEqual(second / sum, recording.Score[1], 1e-6);
        // A window costs something from the first spike on, even one that holds no step itself.
        int ends = Enumerable.Range(1, windows).Select(window => Math.Max(1, 5 * window / windows)).Count(end => end >= 2);
        Assert.AreEqual(5 + 3 * ends, recording.Cost.SynapticOperations, "five inputs each through a synapse, and in each window that has seen a spike one to three classes");
    }

    [TestMethod]
    public void Attention_counts_each_window_by_the_softmax_of_its_score()
    {
        // Two windows end after two steps with one spike, and after five with two: of seven.
        SpikeRecording recording = Recorded(new Readout { HiddenUnits = 0, Windows = 2, Pooling = WindowPooling.Attention }, [1, -1, 0], attention: [7]);
        double one = Math.Exp(1) / (Math.Exp(1) + Math.Exp(2)), score = one * 1 / 7 + (1 - one) * 2 / 7;
        double first = Math.Exp(score), second = Math.Exp(-score), all = first + second + 1;
        Assert.AreEqual(first / all, recording.Score[0], 1e-6);
        Assert.AreEqual(second / all, recording.Score[1], 1e-6);
        Assert.AreEqual(5 + 2 * 4, recording.Cost.SynapticOperations, "both windows to three classes and to the attention");
    }

    /// <summary>Five of seven steps to a neuron that fires in the second and the fourth; of two windows, in steps 0 and 1, and 2 to 4.</summary>
    private static SpikeRecording Recorded(Readout readout, float[] outputWeights, params float[] attention)
    {
        // The synapse forgets at once and the membrane keeps half, so that a steady 0.75 makes it fire in every second step.
        SpikingModel model = Fit(Options with
        {
            Network = Options.Network with
            {
                Code = new SequenceCode(), Scaling = FeatureScaling.None, Readout = readout,
                Layers = [new ColumnLayer
                {
                    Columns = 1, NeuronsPerColumn = 1, ExcitatoryFraction = 1, Modulation = 0, Homeostasis = null,
                    Excitatory = new LifNeuron { MembraneTimeConstant = 1 / Math.Log(2), SynapseTimeConstant = 0.01, Threshold = 1 }, Inhibitory = new LifNeuron(),
                }],
            },
            Batches = 1,
        }, Steps, Row) with { OutputWeights = [.. outputWeights], OutputBias = [0, 0, 0], AttentionWeights = [.. attention] };
        SpikingModel one = model with { Layers = [model.Layers[0] with { InputWeights = [1, 0, 0, 0, 0] }] };
        float[] row = Enumerable.Repeat(float.NaN, Steps * Inputs).ToArray();
        for (int step = 0; step < 5; step++) (row[step * Inputs], row[step * Inputs + 1], row[step * Inputs + 2], row[step * Inputs + 3], row[step * Inputs + 4]) = (0.75f, 0, 0, 0, 0);
        return new SpikeRecorder(one).Record(row);
    }

    private static SpikingModel Fit(SpikingNetworkOptions options, int steps, Func<int, float[]> row) => Trained(options, steps, row).Model;

    private static SpikingNetworkTransformer Trained(SpikingNetworkOptions options, int steps, Func<int, float[]> row)
        => s_ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(View(steps, [.. Enumerable.Range(0, Rows).Select(row)]));

    private static IDataView View(int steps, float[][] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sequence));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, steps, Inputs);
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        return s_ml.Data.LoadFromEnumerable(rows.Select((features, i) => new Sequence { Label = (uint)(i % 3), Features = features }), schema);
    }

    private static float[] Row(int row)
    {
        CounterRandom random = CounterRandom.FromSeed(4).For((ulong)row);
        return [.. Enumerable.Range(0, Steps * Inputs).Select(i => (float)random.Uniform((ulong)i))];
    }

    private sealed class Sequence
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
