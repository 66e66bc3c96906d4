namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class ColumnSimulationTests
{
    public static IEnumerable<object[]> LifFiles => GoldenFile.Of("lif");

    [TestMethod]
    [DynamicData(nameof(LifFiles))]
    public void The_kernel_fires_as_the_reference_does(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        int steps = file.Shape("inputs.current")[0], neurons = file.Shape("inputs.current")[1];
        float[] current = file.Array("inputs.current"), expected = file.Array("expected.spikes");
        // Input t spikes in step t alone, with the current of that step as its weights.
        var weights = new float[neurons * steps];
        for (int i = 0; i < current.Length; i++) weights[i % neurons * steps + i / neurons] = current[i];
        var columns = new ColumnSimulation(OneColumn(neurons, file.Neuron()).Network.ColumnLayers[0], weights, steps);
        var stimulus = new Stimulus(steps);
        SpikeTrain train = stimulus.Fire();
        for (int step = 0; step < steps; step++)
        {
            train.Add(step);
            train.NextStep();
        }
        var activity = new ColumnActivity(columns.Lanes, steps);
        columns.Show(stimulus, activity);
        for (int i = 0; i < expected.Length; i++)
        {
            int lane = columns.Lanes.Of(i % neurons);
            Assert.AreEqual((ulong)expected[i], activity.Panel(lane / 64)[i / neurons] >> lane % 64 & 1, $"neuron {i % neurons}, step {i / neurons}");
        }
    }

    [TestMethod]
    [DataRow(3, 10)]
    [DataRow(5, 16)]
    [DataRow(2, 100)]
    [DataRow(7, 64)]
    public void Every_neuron_of_every_layout_fires_exactly_as_the_scalar_equation_says(int columns, int neurons)
    {
        const int inputs = 40, steps = 30;
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with { Columns = columns, NeuronsPerColumn = neurons }) };
        var random = CounterRandom.FromSeed(columns);
        float[] weights = [.. Enumerable.Range(0, columns * neurons * inputs).Select(i => (float)random.Normal((ulong)i))];
        var stimulus = new Stimulus(steps);
        SpikeTrain train = stimulus.Fire();
        PoissonSampler.Draw([.. Enumerable.Repeat(0.2f, inputs)], random.For(1), train);
        var simulation = new ColumnSimulation(options.Network.ColumnLayers[0], weights, inputs);
        var activity = new ColumnActivity(simulation.Lanes, steps);
        simulation.Show(stimulus, activity);
        activity.Rate();

        var rates = new float[steps * columns];
        for (int neuron = 0; neuron < columns * neurons; neuron++)
        {
            bool excitatory = neuron % neurons < options.Network.ColumnLayers[0].ExcitatoryNeurons;
            var state = new LifState();
            for (int step = 0; step < steps; step++)
            {
                float current = 0;
                foreach (int input in train[step]) current += weights[neuron * inputs + input];
                (bool spike, state) = ((LifNeuron)(excitatory ? options.Network.ColumnLayers[0].Excitatory : options.Network.ColumnLayers[0].Inhibitory)).Step(state, current);
                int lane = simulation.Lanes.Of(neuron);
                Assert.AreEqual(spike, (activity.Panel(lane / 64)[step] >> lane % 64 & 1) == 1, $"neuron {neuron}, step {step}");
                if (spike) rates[step * columns + neuron / neurons] += excitatory ? 1 : -1;
            }
        }
        Close.Values([.. rates.Select(r => r / neurons)], activity.Rates, "rates");
    }

    [TestMethod]
    public void A_spike_counts_one_and_a_tenth_of_what_its_column_hears()
    {
        // Two columns of one excitatory neuron; both fire in each of two steps, and column 0 hears column 1 with weight ½.
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with { Columns = 2, NeuronsPerColumn = 1, ExcitatoryFraction = 1, Excitatory = new LifNeuron { Threshold = 1 } }) };
        var columns = new ColumnSimulation(options.Network.ColumnLayers[0], [5, 5], 1);
        var activity = new ColumnActivity(columns.Lanes, 2);
        var stimulus = new Stimulus(2);
        stimulus.Hold([1]);
        columns.Show(stimulus, activity);
        var accumulated = new float[2];
        columns.Accumulate(activity, new DenseKernel([0, 0.5f, 0, 0], [], 2), accumulated);
        Close.Values([2 * 1.05f, 2], accumulated, "accumulated");
    }

    private static SpikingNetworkOptions OneColumn(int neurons, LifNeuron neuron) => SpikingNetworkOptions.Reference with
    {
        Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with
        {
            Columns = 1,
            NeuronsPerColumn = neurons,
            Excitatory = neuron,
            Inhibitory = neuron,
        }),
    };
}
