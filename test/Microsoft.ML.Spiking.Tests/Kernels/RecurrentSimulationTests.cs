namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>Neurons that hear each other one by one, by hand.</summary>
[TestClass]
public class RecurrentSimulationTests
{
    private const int Steps = 6;

    /// <summary>Neurons that forget all within a step: each fires where its current reaches 1.</summary>
    private static readonly ColumnLayer s_layer = new()
    {
        Columns = 3, NeuronsPerColumn = 2, ExcitatoryFraction = 0.5,
        Excitatory = new LifNeuron { MembraneTimeConstant = 0.01, SynapseTimeConstant = 0.01, Threshold = 1 },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 0.01, SynapseTimeConstant = 0.01, Threshold = 1 },
        Wiring = new WattsStrogatz { Neighbours = 2, RewiringProbability = 0 }, Recurrence = new Recurrence(),
    };

    [TestMethod]
    public void A_spike_goes_round_from_neuron_to_neuron_a_step_each()
        // Neuron 0 to 3, of the next column, to 4, of the one after, and to 0 again; the input fires neuron 0 in the first step.
        => CollectionAssert.AreEqual((string[])["100100", "000000", "000000", "010010", "001001", "000000"], Spikes((3, 0, 1), (4, 3, 1), (0, 4, 1)));

    [TestMethod]
    public void What_a_neuron_hears_of_several_adds_up_whatever_they_count_for_the_readout()
        // Neuron 2 is reached by 1, an inhibitory one, and by 0 with as much as both are needed; they fire when the input does.
        => CollectionAssert.AreEqual((string[])["100000", "100000", "010000", "000000", "000000", "001000"], Spikes((2, 0, 0.75f), (2, 1, 0.25f), (5, 2, 1), (3, 0, 0.75f), (3, 1, -0.25f)));

    [TestMethod]
    public void A_neuron_that_hears_itself_goes_on_until_another_stops_it()
        => CollectionAssert.AreEqual((string[])["111000", "000000", "010000", "001000", "000000", "000000"], Spikes((0, 0, 1), (2, 0, 1), (2, 2, -9), (3, 2, 1), (0, 3, -1), (2, 3, -9)));

    [TestMethod]
    public void Without_synapses_the_neurons_fire_as_those_of_a_layer_without_recurrence()
        => CollectionAssert.AreEqual((string[])["100000", "000000", "000000", "000000", "000000", "000000"], Spikes());

    [TestMethod]
    [DataRow(-1.0, true, 2, "Recurrence.Gain is -1")]
    [DataRow(101.0, true, 2, "Recurrence.Gain is 101")]
    [DataRow(0.5, false, 0, "Recurrence.OwnColumn is false and Wiring joins no columns")]
    public void What_cannot_be_is_refused(double gain, bool own, int neighbours, string why)
    {
        var layer = new ColumnLayer { Recurrence = new Recurrence { Gain = gain, OwnColumn = own }, Wiring = new WattsStrogatz { Neighbours = neighbours } };
        var refused = Assert.Throws<ArgumentException>(() => new SpikingNetworkOptions { Network = new SpikingNetwork { Layers = [layer] } }.Check());
        StringAssert.Contains(refused.Message, why);
    }

    /// <summary>What each neuron fires: the input, of two, fires neuron 0 in the first step, and neuron 1 where the first synapse comes from both.</summary>
    private static string[] Spikes(params (int Post, int Pre, float Weight)[] synapses)
    {
        Graph graph = RecurrentInitialiser.Graph(s_layer, seed: 1);
        var pairs = new float[s_layer.RecurrentPairs * 4];
        Assert.HasCount(9 * 4, pairs, "all columns hear each other and themselves");
        foreach (var (post, pre, weight) in synapses) pairs[(post / 2 * 3 + pre / 2) * 4 + post % 2 * 2 + pre % 2] = weight;
        bool both = synapses.Any(synapse => synapse.Pre == 1);
        var columns = new ColumnSimulation(s_layer, [1, both ? 1 : 0, 0, 0, 0, 0], inputs: 1);
        var stimulus = new Stimulus(Steps);
        stimulus.Fire().Add(0);
        for (int step = 0; step < Steps; step++) stimulus.Train.NextStep();
        var activity = new ColumnActivity(columns.Lanes, Steps);
        var simulation = new CoupledSimulation(columns, Steps, RecurrentWeights.Of(s_layer, graph, pairs));
        for (int time = 0; time < 2; time++) simulation.Show(stimulus, new DenseKernel(new float[9], [], 3), activity);   // a sample leaves nothing for the next
        return [.. Enumerable.Range(0, 6).Select(neuron => string.Concat(Enumerable.Range(0, Steps).Select(step =>
        {
            int lane = columns.Lanes.Of(neuron);
            return activity.Panel(lane / Lanes.Panel)[step] >> lane % Lanes.Panel & 1;
        })))];
    }
}
