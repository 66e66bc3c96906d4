using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Columns that drive each other do so in training as in scoring.</summary>
[TestClass]
public class CouplingTests
{
    private const int Inputs = 15, Batch = 6, Steps = 25;

    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = Steps,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 5,
                    NeuronsPerColumn = 20,
                    Wiring = new WattsStrogatz { Neighbours = 4 },
                    Modulation = 0.7,
                    Coupling = 3,
                },
            ],
        },
    };

    [TestMethod]
    [DataRow(true, DisplayName = "spike trains")]
    [DataRow(false, DisplayName = "constant input")]
    public void The_scorers_columns_fire_as_the_torch_engines(bool spikes)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        float[] weights = ColumnInitialiser.Draw(s_options.Network.ColumnLayers[0], Inputs, seed: 2);
        using var network = new NetworkTensors(s_options.Network, Inputs, classes: 2, seed: 1, CPU);
        using var torch = new TorchEngine(s_options.Network, [weights], Inputs, samples: null, CPU);
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample =>
        {
            var stimulus = new Stimulus(Steps);
            CounterRandom random = CounterRandom.FromSeed(4).For((ulong)sample);
            if (spikes) PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), random, stimulus.Fire());
            else stimulus.Hold([.. Enumerable.Range(0, Inputs).Select(i => (float)random.Uniform((ulong)i))]);
            return stimulus;
        })];

        float[] expected = (spikes ? torch.Run(network, stimuli.ToDense(Inputs)) : torch.RunConstant(network, Constant(stimuli)))[0].Accumulated().Read();
        float[] actual = Accumulated(s_options, weights, network.Layers[0].InterColumnWeights().Read(), stimuli), uncoupled = Accumulated(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Coupling = 0 }) }, weights, network.Layers[0].InterColumnWeights().Read(), stimuli);
        Close.Values(expected, actual, "accumulated");
        Assert.IsGreaterThan(expected.Length / 4, uncoupled.Zip(actual).Count(pair => Math.Abs(pair.First - pair.Second) > 0.5f), "coupling must change many neurons' spikes for this to tell anything");
    }

    [TestMethod]
    public void Connections_learn_through_what_they_carry_even_where_nothing_is_modulated()
    {
        SpikingNetworkOptions options = s_options with { Network = s_options.Network.EachLayer(layer => layer with { Modulation = 0 }) };
        var network = new NetworkArrays(options.Network, Inputs, classes: 3, seed: 1);
        var columns = new CpuEngine(options.Network, [ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed: 2)], Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, Steps);
        Stimulus[] stimuli = [new(Steps), new(Steps), new(Steps)];
        foreach (Stimulus stimulus in stimuli) stimulus.Hold([.. Enumerable.Repeat(1f, Inputs)]);
        new ManagedLearner(network, options, columns).Learn(columns.Run(network, stimuli, batch: 3), [0, 1, 2]);
        Assert.IsGreaterThan(1e-5f, network.Layers[0].InterWeights.Gradient.Span.ToArray().Max(MathF.Abs));
    }

    [TestMethod]
    public void A_coupled_network_learns_and_a_saved_one_predicts_the_same()
    {
        var ml = new MLContext(seed: 1);
        Sample[] samples = Toy.Samples(180);
        IDataView training = Toy.Keyed(ml, samples[..90]), unseen = Toy.Keyed(ml, samples[90..]);
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { Coupling = 2 }), Batches = 60 }).Fit(training);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual(2, loaded.Model.Network.ColumnLayers[0].Coupling);
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
    }

    private static float[] Accumulated(SpikingNetworkOptions options, float[] weights, float[] heard, Stimulus[] stimuli)
    {
        var columns = new ColumnSimulation(options.Network.ColumnLayers[0], weights, Inputs);
        var interWeights = new DenseKernel(heard, [], options.Network.ColumnLayers[0].Columns);
        var coupled = new CoupledSimulation(columns, Steps);
        int neurons = options.Network.ColumnLayers[0].Columns * options.Network.ColumnLayers[0].NeuronsPerColumn;
        var accumulated = new float[stimuli.Length * neurons];
        for (int sample = 0; sample < stimuli.Length; sample++)
        {
            var activity = new ColumnActivity(columns.Lanes, Steps);
            coupled.Show(stimuli[sample], interWeights, activity);
            columns.Accumulate(activity, interWeights, accumulated.AsSpan(sample * neurons, neurons));
        }
        return accumulated;
    }

    private static Tensor Constant(Stimulus[] stimuli)
    {
        var input = new float[stimuli.Length * Inputs];
        for (int sample = 0; sample < stimuli.Length; sample++)
            foreach (var (i, value) in stimuli[sample].Inputs.ToArray().Zip(stimuli[sample].Values.ToArray())) input[sample * Inputs + i] = value;
        return tensor(input, [stimuli.Length, Inputs]);
    }
}
