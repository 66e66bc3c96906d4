namespace Microsoft.ML.Spiking.Tests.Recording;

[TestClass]
public class SpikeRecorderTests
{
    private const int Rows = 3;

    private static readonly SpikingModel s_model = GoldenFile.OpenOwn("network_evaluation").Model();

    private static float[] Features { get; } = GoldenFile.OpenOwn("network_evaluation").Array("inputs.x");

    [TestMethod]
    public void A_recording_predicts_what_the_pipeline_predicts()
    {
        int inputs = s_model.Input.Inputs;
        float[] logits = new float[Rows * s_model.Classes], rates = new float[Rows * s_model.Network.ColumnLayers[0].Columns];
        var scorer = new SpikingScorer(s_model);
        scorer.Run(new IntensityBatch(Features, inputs), Rows, logits, rates);
        scorer.Softmax(logits);
        var recorder = new SpikeRecorder(s_model);
        for (int row = 0; row < Rows; row++)
        {
            SpikeRecording recording = recorder.Record(Features.AsSpan(row * inputs, inputs));
            CollectionAssert.AreEqual(logits[(row * s_model.Classes)..((row + 1) * s_model.Classes)], recording.Score.ToArray());
            CollectionAssert.AreEqual(rates[(row * s_model.Network.ColumnLayers[0].Columns)..((row + 1) * s_model.Network.ColumnLayers[0].Columns)], recording.SpikeRate.ToArray());
        }
    }

    [TestMethod]
    public void Recordings_that_are_made_at_the_same_time_do_not_disturb_each_other()
    {
        int inputs = s_model.Input.Inputs;
        var recorder = new SpikeRecorder(s_model);
        SpikeRecording[] alone = [.. Enumerable.Range(0, Rows).Select(row => recorder.Record(Features.AsSpan(row * inputs, inputs)))];
        Assert.AreNotEqual(alone[0].Score[0], alone[1].Score[0], "rows must differ for this to tell anything");
        var together = new SpikeRecording[30 * Rows];
        Parallel.For(0, together.Length, i => together[i] = recorder.Record(Features.AsSpan(i % Rows * inputs, inputs)));
        for (int i = 0; i < together.Length; i++)
        {
            CollectionAssert.AreEqual(alone[i % Rows].Score.ToArray(), together[i].Score.ToArray());
            CollectionAssert.AreEqual(alone[i % Rows].Layers[0].SpikeCount.ToArray(), together[i].Layers[0].SpikeCount.ToArray());
        }
    }

    [TestMethod]
    public void A_recorder_that_shares_a_pipelines_weights_records_the_same()
    {
        var network = new SpikingNetworkTransformer(new MLContext(), s_model, labels: null);
        SpikeRecording alone = new SpikeRecorder(s_model).Record(Features.AsSpan(0, s_model.Input.Inputs)), shared = new SpikeRecorder(network).Record(Features.AsSpan(0, s_model.Input.Inputs));
        CollectionAssert.AreEqual(alone.Score.ToArray(), shared.Score.ToArray());
        CollectionAssert.AreEqual(alone.Layers[0].SpikeCount.ToArray(), shared.Layers[0].SpikeCount.ToArray());
    }

    [TestMethod]
    public void A_neuron_fires_where_its_membrane_reaches_the_threshold_and_starts_again_below()
    {
        SpikeRecording recording = new SpikeRecorder(s_model).Record(Features.AsSpan(0, s_model.Input.Inputs));
        int spikes = 0;
        for (int column = 0; column < recording.Layers[0].Columns; column++)
        {
            for (int neuron = 0; neuron < recording.Layers[0].NeuronsPerColumn; neuron++)
            {
                float threshold = (neuron < recording.Layers[0].ExcitatoryNeurons ? s_model.Network.ColumnLayers[0].Excitatory : s_model.Network.ColumnLayers[0].Inhibitory).Threshold;
                for (int step = 0; step < recording.Steps; step++)
                {
                    bool fired = recording.Layers[0].Fired(step, column, neuron);
                    Assert.AreEqual(recording.Layers[0].Membrane(step, column, neuron) >= threshold, fired);
                    if (fired) spikes++;
                }
            }
        }
        Assert.IsGreaterThan(0, spikes);
        Assert.AreEqual(spikes, recording.Layers[0].SpikeCount.Sum());
        Assert.AreEqual(spikes, recording.Cost.Spikes);
    }

    [TestMethod]
    public void One_neuron_on_a_steady_input_follows_its_equation_by_hand()
    {
        // The synapse forgets at once and the membrane keeps half: v = 0.75, 1.125 -> spike and reset to 0, 0.75, ...
        SpikeRecording recording = new SpikeRecorder(OneNeuron()).Record([0.75f, 0]);
        float[] expected = [0.75f, 1.125f, 0.75f, 1.125f];
        for (int step = 0; step < 4; step++)
        {
            Assert.AreEqual(expected[step], recording.Layers[0].Membrane(step, 0, 0), 1e-6f);
            Assert.AreEqual(step % 2 == 1, recording.Layers[0].Fired(step, 0, 0));
        }
        CollectionAssert.AreEqual((int[])[2], recording.Layers[0].SpikeCount.ToArray());
        CollectionAssert.AreEqual((int[])[0], recording.Layers[0].Inputs(3).ToArray(), "the input that is not dark");
    }

    [TestMethod]
    public void The_cost_counts_what_came_through_a_synapse_beside_all_synapses()
    {
        // One held input to one neuron, once; the neuron fired and reaches two classes. Dense: 2 inputs to 1 neuron, and that to 2 classes.
        PredictionCost cost = new SpikeRecorder(OneNeuron()).Record([0.75f, 0]).Cost;
        Assert.AreEqual(new PredictionCost(InputEvents: 1, Spikes: 2, SynapticOperations: 1 + 2, DenseOperations: 2 + 2), cost);
    }

    [TestMethod]
    public void What_a_sequence_shows_arrives_once_for_each_delay_and_costs_so_much()
    {
        // Through delays 0 and 2 a current of two steps is one of four, and the neuron does what it does where the input is held.
        SpikingModel model = Neurons(1, new SequenceCode(), InputShape.Sequence(4, 1, 1), delays: [0, 2]);
        SpikeRecording recording = new SpikeRecorder(model).Record([0.75f, 0.75f, 0, 0]);
        float[] expected = [0.75f, 1.125f, 0.75f, 1.125f];
        for (int step = 0; step < 4; step++) Assert.AreEqual(expected[step], recording.Layers[0].Membrane(step, 0, 0), 1e-6f);
        Assert.AreEqual((1, 1, 0), (recording.Layers[0].InputCount, recording.Layers[0].Inputs(1).Length, recording.Layers[0].Inputs(2).Length), "as it was shown");

        // Two events, each through two synapses, and the neuron that fired reaches two classes. Dense: 2 synapses, and 2 classes.
        Assert.AreEqual(new PredictionCost(InputEvents: 2, Spikes: 2, SynapticOperations: 4 + 2, DenseOperations: 2 + 2), recording.Cost);
        Assert.AreEqual(1, new SpikeRecorder(model).Record([0, 0, 0, 0.75f]).Cost.SynapticOperations, "what would arrive after the last step never does");
    }

    [TestMethod]
    public void What_is_no_row_of_the_network_is_refused_in_a_sentence()
    {
        var recorder = new SpikeRecorder(OneNeuron());
        Assert.AreEqual("The row holds 3 values, but the network reads 2, [2]. [SPK2003]", Assert.ThrowsExactly<ArgumentException>(() => recorder.Record([1f, 2, 3])).Message);
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => recorder.Record([1f, float.NaN])).Message, "A feature is NaN, but only finite numbers can be shown");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => recorder.Record([true, false])).Message, "The network reads intensities, but a spike train came");
        SpikeRecording recording = recorder.Record([1f, 2]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => recording.Layers[0].Fired(4, 0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => recording.Layers[0].Membrane(0, 1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => recording.Layers[0].Inputs(-1));
    }

    /// <summary>A column of one excitatory neuron that sees two inputs with weight 1, for four steps, and two classes.</summary>
    private static SpikingModel OneNeuron() => Neurons(1, new DirectCode { Gain = 1 }, InputShape.Intensities(2));

    /// <summary>Columns of one excitatory neuron that forget their synapses at once and keep half of their membranes; all weights of inputs are 1.</summary>
    internal static SpikingModel Neurons(int columns, SpikeCode code, InputShape input, double coupling = 0, params int[] delays)
    {
        SpikingNetwork network = Drawn.Of(new SpikingNetwork
        {
            TimeSteps = 4,
            Code = code,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = columns,
                    NeuronsPerColumn = 1,
                    ExcitatoryFraction = 1,
                    Excitatory = new LifNeuron { SynapseTimeConstant = 1e-3, MembraneTimeConstant = 1 / Math.Log(2), Threshold = 1 },
                    Wiring = new WattsStrogatz { Neighbours = (columns - 1) / 2 * 2 },
                    Coupling = coupling,
                    Delays = delays is [] ? [0] : [.. delays],
                },
            ],
        });
        SpikingModel drawn = Drawn.Model(network, ColumnNames.Default, seed: 1, input, FeatureStatistics.None);
        return drawn with
        {
            Layers = [drawn.Layers[0] with { InputWeights = [.. Enumerable.Repeat(1f, columns * network.InputsOf(0, input))] }],
            Standardisation = new Standardisation(0, 1),
            Classes = 2,
            OutputWeights = [.. Enumerable.Repeat(1f, columns), .. Enumerable.Repeat(-1f, columns)],
            OutputBias = [0, 0],
        };
    }
}
