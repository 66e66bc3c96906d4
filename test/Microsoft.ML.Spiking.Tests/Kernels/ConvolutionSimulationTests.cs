namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>Convolution layers in managed code, by values worked out by hand.</summary>
[TestClass]
public class ConvolutionSimulationTests
{
    private const int Gain = 4;

    // Both decays are a half.
    private static readonly LifNeuron s_halving = new() { MembraneTimeConstant = 1 / Math.Log(2), SynapseTimeConstant = 1 / Math.Log(2), Threshold = 9 };

    private static readonly ConvolutionLayer s_layer = new()
    {
        Channels = 1, KernelHeight = 1, KernelWidth = 3, PoolingHeight = 2, PoolingWidth = 1, Neuron = s_halving,
    };

    /// <remarks>
    /// The image is 1 2 over 0 1, and a neuron sees 1 · left + 2 · here + 4 · right: currents of 10 5 over 4 2. Of a current I the membranes are I, and then
    /// half of what the first step left and 1.5 I: 10 and, after its spike, 15; 5 and 10; 4 and 8; 2 and 4. At a threshold of 9 the upper left fires twice,
    /// the upper right in the second step. Each column of the image passes on what either of its two fires.
    /// </remarks>
    [TestMethod]
    public void Two_steps_of_four_neurons_and_their_pooling_by_hand()
    {
        SpikeRecording recording = Record(Model(s_layer, InputShape.Intensities(2, 2), steps: 2, [1, 2, 4]), [1, 2, 0, 1]);
        LayerRecording layer = recording.Layers[0];

        Assert.AreEqual((1, 4, 4), (layer.Columns, layer.NeuronsPerColumn, layer.ExcitatoryNeurons));
        CollectionAssert.AreEqual((float[])[10, 5, 4, 2], Membranes(layer, step: 0));
        CollectionAssert.AreEqual((float[])[15, 10, 8, 4], Membranes(layer, step: 1));
        CollectionAssert.AreEqual((bool[])[true, false, false, false], Fired(layer, step: 0));
        CollectionAssert.AreEqual((bool[])[true, true, false, false], Fired(layer, step: 1));
        CollectionAssert.AreEqual((int[])[3], layer.SpikeCount.ToArray());
        CollectionAssert.AreEqual((float[])[0.75f], recording.SpikeRate.ToArray(), "two places, fired twice and once in two steps");
        CollectionAssert.AreEqual((float[])[1, 0.5f], Rates(s_layer, InputShape.Intensities(2, 2), steps: 2, [1, 2, 4], [1, 2, 0, 1]));

        // Three pixels are lit; each reaches the two neurons of its row. Nothing reads out. Densely: four neurons of three synapses.
        Assert.AreEqual(new PredictionCost(InputEvents: 3, Spikes: 3, SynapticOperations: 6, DenseOperations: 12), recording.Cost);
    }

    /// <remarks>Channels in front, [2, 5, 1], and behind, [5, 1, 2], are the same image: 1 2 0 0 0 in the first channel and 3 4 0 0 0 in the second.</remarks>
    [TestMethod]
    public void Channels_may_stand_before_and_behind()
    {
        ConvolutionLayer layer = s_layer with { KernelWidth = 1, PoolingHeight = 1 };
        float[] expected = [31, 42, 0, 0, 0];
        CollectionAssert.AreEqual(expected, Membranes(Record(Model(layer, InputShape.Intensities(2, 5, 1), steps: 1, [1, 10]), [1, 2, 0, 0, 0, 3, 4, 0, 0, 0]).Layers[0], step: 0));
        CollectionAssert.AreEqual(expected, Membranes(Record(Model(layer, InputShape.Intensities(5, 1, 2), steps: 1, [1, 10]), [1, 3, 2, 4, 0, 0, 0, 0, 0, 0]).Layers[0], step: 0));
    }

    /// <remarks>The kernel's last column looks to the right, its last row below: a neuron of 1 3 over 0 2 sees 1 · here + 2 · right + 4 · below + 8 · below and right.</remarks>
    [TestMethod]
    public void A_kernel_looks_below_and_to_the_right_where_its_numbers_stand_there()
    {
        float[] weights = [0, 0, 0, 0, 1, 2, 0, 4, 8];
        ConvolutionLayer layer = s_layer with { KernelHeight = 3, PoolingHeight = 1 };
        CollectionAssert.AreEqual((float[])[1 + 6 + 0 + 16, 3 + 8, 0 + 4, 2], Membranes(Record(Model(layer, InputShape.Intensities(2, 2), steps: 1, weights), [1, 3, 0, 2]).Layers[0], step: 0));
    }

    /// <remarks>A sequence of three steps and two bands, each step an image of one column: currents of band + 10 · the band below it; membranes keep half of both.</remarks>
    [TestMethod]
    public void A_step_of_a_sequence_is_an_image_of_one_column()
    {
        ConvolutionLayer layer = s_layer with { KernelHeight = 3, KernelWidth = 1, PoolingHeight = 1, Neuron = s_halving with { Threshold = 1000 } };
        var code = new SequenceCode { Step = new DirectCode { Gain = Gain } };
        SpikingModel model = Model(layer, code.Shape(InputShape.Intensities(3, 2))!, steps: 3, [0, 1, 10], code);
        LayerRecording recorded = Record(model, [1, 2, 0, 0, 3, 1]).Layers[0];

        CollectionAssert.AreEqual((float[])[21, 2], Membranes(recorded, step: 0));
        CollectionAssert.AreEqual((float[])[21, 2], Membranes(recorded, step: 1), "half the synapse and half the membrane");
        CollectionAssert.AreEqual((float[])[13 + 5.25f + 10.5f, 1 + 0.5f + 1], Membranes(recorded, step: 2));
    }

    /// <remarks>Of one pixel, and delays of 0 and 1 with weights of 1 and 10: 1 comes at once and, from the second step on, 10 too. A threshold that is never reached.</remarks>
    [TestMethod]
    public void A_delayed_copy_is_one_more_channel()
    {
        ConvolutionLayer layer = s_layer with { KernelWidth = 1, PoolingHeight = 1, Delays = [0, 1], Neuron = s_halving with { SynapseTimeConstant = 0.01, Threshold = 1000 } };
        LayerRecording recorded = Record(Model(layer, InputShape.Intensities(1, 1), steps: 3, [1, 10]), [1]).Layers[0];
        CollectionAssert.AreEqual((float[])[1, 11.5f, 16.75f], (float[])[.. Enumerable.Range(0, 3).Select(step => recorded.Membrane(step, 0, 0))]);
    }

    /// <remarks>Of one pixel of 1 and a weight of 4, with biases of 3 and -1: held, and as spikes in two of three steps; synapses forget at once, and membranes keep half.</remarks>
    [TestMethod]
    public void A_bias_is_a_current_of_each_neuron_of_its_channel_in_every_step()
    {
        ConvolutionLayer layer = s_layer with
        {
            Channels = 2, KernelWidth = 1, PoolingHeight = 1, Neuron = s_halving with { SynapseTimeConstant = 0.01, Threshold = 1000 }, Normalisation = new CurrentNormalisation(),
        };
        SpikingModel held = Model(layer, InputShape.Intensities(1, 1), steps: 2, [4]);
        held = held with { Layers = [held.Layers[0] with { Biases = [3, -1] }] };
        CollectionAssert.AreEqual((float[])[7, 10.5f, 3, 4.5f], Membranes(Record(held, [1]).Layers[0]));

        var code = new SequenceCode { Step = new DirectCode { Gain = Gain } };
        SpikingModel model = Model(layer, code.Shape(InputShape.Intensities(3, 1))!, steps: 3, [4], code);
        model = model with { Layers = [model.Layers[0] with { Biases = [3, -1] }] };
        CollectionAssert.AreEqual((float[])[7, 6.5f, 10.25f, 3, 0.5f, 3.25f], Membranes(Record(model, [1, 0, 1]).Layers[0]));

        static float[] Membranes(LayerRecording layer) => [.. Enumerable.Range(0, layer.Columns * layer.Steps).Select(i => layer.Membrane(i % layer.Steps, i / layer.Steps, 0))];
    }

    /// <summary>Neurons that would fire at rest fire; those that pad the last panel do not.</summary>
    [TestMethod]
    public void What_pads_a_panel_stays_silent()
    {
        ConvolutionLayer layer = s_layer with { Channels = 3, Neuron = new LifNeuron { Threshold = -1, Reset = -2 } };
        float[] rates = Rates(layer, InputShape.Intensities(3, 3), steps: 2, new float[9], new float[9]);
        Assert.HasCount(3 * 2 * 3, rates);
        Assert.IsTrue(rates.All(rate => rate > 0));
    }

    private static SpikingModel Model(ConvolutionLayer layer, InputShape input, int steps, float[] weights, SpikeCode? code = null)
    {
        SpikingNetwork network = Drawn.Of(new SpikingNetwork { TimeSteps = steps, Code = code ?? new DirectCode { Gain = Gain }, Layers = [layer] });
        network.Check();
        SpikingModel drawn = Drawn.Model(network, ColumnNames.Default, seed: 1, input, FeatureStatistics.None);
        return drawn with
        {
            Standardisation = new Standardisation(0, 1),
            Layers = [drawn.Layers[0] with { InputWeights = [.. Enumerable.Repeat(weights, layer.Channels * drawn.Layers[0].Inputs / weights.Length).SelectMany(set => set)] }],
        };
    }

    /// <summary>Intensities are at most 1, so that they come as a quarter of what the neurons are to get.</summary>
    private static SpikeRecording Record(SpikingModel model, float[] inputs) => new SpikeRecorder(model).Record(Quarters(inputs));

    private static float[] Quarters(float[] inputs) => [.. inputs.Select(input => input / Gain)];

    private static float[] Rates(ConvolutionLayer layer, InputShape input, int steps, float[] weights, float[] features)
    {
        var rates = new NeuronRates(Model(layer, input, steps, weights));
        var found = new float[rates.Count];
        rates.Read(new IntensityBatch(Quarters(features), features.Length), 0..1, found, new float[rates.Columns]);
        return found;
    }

    private static float[] Membranes(LayerRecording layer, int step) => [.. Enumerable.Range(0, layer.NeuronsPerColumn).Select(neuron => layer.Membrane(step, 0, neuron))];

    private static bool[] Fired(LayerRecording layer, int step) => [.. Enumerable.Range(0, layer.NeuronsPerColumn).Select(neuron => layer.Fired(step, 0, neuron))];
}
