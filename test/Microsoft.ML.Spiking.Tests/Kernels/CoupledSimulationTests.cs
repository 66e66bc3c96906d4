namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class CoupledSimulationTests
{
    private const int Steps = 4;

    /// <summary>One excitatory and one inhibitory neuron a column, which forget all within a step: each fires where its current reaches 1.</summary>
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 2,
                    NeuronsPerColumn = 2,
                    ExcitatoryFraction = 0.5,
                    Excitatory = new LifNeuron { MembraneTimeConstant = 0.01, SynapseTimeConstant = 0.01, Threshold = 1 },
                    Inhibitory = new LifNeuron { MembraneTimeConstant = 0.01, SynapseTimeConstant = 0.01, Threshold = 1 },
                    Wiring = new WattsStrogatz { Neighbours = 0 },
                },
            ],
        },
    };

    [TestMethod]
    [DataRow(0.0, "1111", DisplayName = "uncoupled")]
    [DataRow(2.0, "1000", DisplayName = "coupled: 1.5 - 2 · ½ is below the threshold")]
    [DataRow(0.9, "1111", DisplayName = "weakly coupled: 1.5 - 0.9 · ½ is not")]
    public void Inhibitory_spikes_of_one_column_silence_another_one_step_later(double coupling, string expected)
    {
        // The first column's inhibitory neuron and the second's excitatory neuron are driven in every step; the second hears the first with weight 1.
        Assert.AreEqual(("0000", "1111", expected, "0000"), Spikes(coupling, weights: [0, 5, 1.5f, 0], heard: [0, 0, 1, 0]));
    }

    [TestMethod]
    public void Excitatory_spikes_carry_a_column_that_has_no_input_of_its_own()
        => Assert.AreEqual(("1111", "0000", "0111", "0111"), Spikes(coupling: 2, weights: [5, 0, 0, 0], heard: [0, 0, 1, 0]));

    [TestMethod]
    public void A_coupling_that_is_negative_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => new SpikingNetworkOptions { Network = new SpikingNetwork { Layers = [new ColumnLayer { Coupling = -1 }] } }.Check());
        StringAssert.Contains(refused.Message, "Coupling is -1");
    }

    [TestMethod]
    public void Where_nothing_is_heard_every_panel_fires_as_without_coupling_and_a_sample_leaves_nothing_for_the_next()
    {
        // Five columns of twenty neurons: three panels.
        const int Columns = 5, Neurons = 20, Inputs = 8;
        ColumnLayer layer = new() { Columns = Columns, NeuronsPerColumn = Neurons, Coupling = 0.5 };
        var random = CounterRandom.FromSeed(1);
        float[] weights = [.. Enumerable.Range(0, Columns * Neurons * Inputs).Select(i => (float)random.Normal((ulong)i))];
        var columns = new ColumnSimulation(layer, weights, Inputs);
        var stimulus = new Stimulus(Steps);
        PoissonSampler.Draw([.. Enumerable.Repeat(0.7f, Inputs)], random.For(1), stimulus.Fire());
        var coupled = new CoupledSimulation(columns, Steps);

        ulong[] alone = Panels(activity => columns.Show(stimulus, activity)), unheard = Panels(activity => coupled.Show(stimulus, new DenseKernel(new float[Columns * Columns], [], Columns), activity));
        Assert.IsTrue(alone.Any(spikes => spikes != 0), "the neurons must fire for this to tell anything");
        CollectionAssert.AreEqual(alone, unheard);

        var all = new DenseKernel([.. Enumerable.Repeat(2f, Columns * Columns)], [], Columns);
        ulong[] first = Panels(activity => coupled.Show(stimulus, all, activity)), again = Panels(activity => coupled.Show(stimulus, all, activity));
        CollectionAssert.AreNotEqual(alone, first);
        CollectionAssert.AreEqual(first, again);

        ulong[] Panels(Action<ColumnActivity> show)
        {
            var activity = new ColumnActivity(columns.Lanes, Steps);
            show(activity);
            return [.. Enumerable.Range(0, columns.Lanes.Panels).SelectMany(panel => activity.Panel(panel).ToArray())];
        }
    }

    private static (string, string, string, string) Spikes(double coupling, float[] weights, float[] heard)
    {
        var columns = new ColumnSimulation(s_options.Network.ColumnLayers[0] with { Coupling = coupling }, weights, inputs: 1);
        var activity = new ColumnActivity(columns.Lanes, Steps);
        var stimulus = new Stimulus(Steps);
        stimulus.Hold([1]);
        new CoupledSimulation(columns, Steps).Show(stimulus, new DenseKernel(heard, [], 2), activity);
        string Of(int neuron) => string.Concat(Enumerable.Range(0, Steps).Select(step => activity.Panel(0)[step] >> columns.Lanes.Of(neuron) & 1));
        return (Of(0), Of(1), Of(2), Of(3));
    }
}
