using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Thresholds and time constants learn like weights, one of each a type of neuron.</summary>
[TestClass]
public class NeuronLearningTests
{
    private const int Steps = 12;

    private static readonly LifNeuron s_excitatory = new() { MembraneTimeConstant = 6, SynapseTimeConstant = 2, Threshold = 1, Reset = 0.3f };
    private static readonly LifNeuron s_inhibitory = new() { MembraneTimeConstant = 3, SynapseTimeConstant = 4, Threshold = 1.4f };

    /// <summary>One neuron of each type.</summary>
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = Steps,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 1,
                    NeuronsPerColumn = 2,
                    ExcitatoryFraction = 0.5,
                    Excitatory = s_excitatory,
                    Inhibitory = s_inhibitory,
                    Wiring = new WattsStrogatz { Neighbours = 0 },
                    Modulation = 0,
                },
            ],
        },
    };

    public static IEnumerable<object[]> Rules =>
        from gradient in (SurrogateGradient[])[new ATan(), new StraightThrough()]
        from reset in Enum.GetValues<ResetGradient>()
        select new object[] { new Surrogate { Gradient = gradient, Reset = reset, Neurons = NeuronLearning.Both } };

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Gradients_are_the_finite_differences_of_the_smoothed_neurons(Surrogate surrogate)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = surrogate }) };
        // Input t spikes in step t alone, with that step's current as its weights; the neurons' currents differ.
        float[] currents = [.. Enumerable.Range(0, 2 * Steps).Select(i => (float)(0.9 * Math.Sin(1.7 * i) + 0.45))];
        using var network = new NetworkTensors(options.Network, Steps, classes: 2, seed: 1, CPU);
        using var columns = new TorchEngine(options.Network, [currents], Steps, samples: null, CPU);

        columns.Backward(columns.Run(network, eye(Steps).unsqueeze(1))[0].Accumulated().sum());

        for (int type = 0; type < 2; type++)
        {
            LifNeuron neuron = type == 0 ? s_excitatory : s_inhibitory;
            var smoothed = new SmoothedNeuron(surrogate, neuron, currents[(type * Steps)..((type + 1) * Steps)]);
            Assert.IsGreaterThan(1, smoothed.HardSpikes, "the neuron must fire for this to tell anything");
            double sign = type == 0 ? 1 : -1;
            void Check(Tensor found, Func<double, LifNeuron> changed, string what)
            {
                const double Step = 1e-4;
                double expected = sign * (smoothed.Spikes(changed(Step)) - smoothed.Spikes(changed(-Step))) / (2 * Step);
                Assert.AreEqual(expected, found.grad!.Read()[type], 3e-3 * Math.Max(1, Math.Abs(expected)), $"{what} of type {type}");
            }
            Check(columns.Layers[0].Neurons["synapse"]!, d => neuron with { SynapseTimeConstant = Deviated(neuron.SynapseTimeConstant, d) }, "synapse");
            Check(columns.Layers[0].Neurons["membrane"]!, d => neuron with { MembraneTimeConstant = Deviated(neuron.MembraneTimeConstant, d) }, "membrane");
            Check(columns.Layers[0].Neurons["threshold"]!, d => neuron with { Threshold = (float)(neuron.Reset + (neuron.Threshold - neuron.Reset) * Math.Exp(d)) }, "threshold");
        }
    }

    [TestMethod]
    public void Neurons_that_have_not_learnt_yet_are_those_of_the_options_and_a_deviation_of_ln_2_doubles_odds_and_thresholds()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var neurons = new NeuronTensors(s_options.Network.ColumnLayers[0] with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }, CPU);
        var before = (ColumnLayer)neurons.Learnt(s_options.Network.ColumnLayers[0]);
        Assert.AreEqual(6, ((LifNeuron)before.Excitatory).MembraneTimeConstant, 1e-5);
        Assert.AreEqual(4, ((LifNeuron)before.Inhibitory).SynapseTimeConstant, 1e-5);
        Assert.AreEqual(1.4f, before.Inhibitory.Threshold);

        neurons["membrane"]!.Set([MathF.Log(2), 0]);
        neurons["threshold"]!.Set([MathF.Log(2), 0]);
        var after = (ColumnLayer)neurons.Learnt(s_options.Network.ColumnLayers[0]);
        double odds = 2 / (Math.Exp(1 / 6.0) - 1), decay = odds / (1 + odds);
        Assert.AreEqual(-1 / Math.Log(decay), ((LifNeuron)after.Excitatory).MembraneTimeConstant, 1e-4);
        Assert.AreEqual(0.3f + 2 * 0.7f, after.Excitatory.Threshold, 1e-6f);
        Assert.AreEqual(before.Inhibitory, after.Inhibitory);
        Close.Values([(float)decay, s_inhibitory.MembraneDecay], neurons.Now()[1].Read(), "decay of each neuron");
    }

    [TestMethod]
    [DataRow(TrainingEngine.Managed, NeuronLearning.None, false, false)]
    [DataRow(TrainingEngine.Managed, NeuronLearning.Thresholds, true, false)]
    [DataRow(TrainingEngine.Managed, NeuronLearning.TimeConstants, false, true)]
    [DataRow(TrainingEngine.Managed, NeuronLearning.Both, true, true)]
    [DataRow(TrainingEngine.Torch, NeuronLearning.None, false, false)]
    [DataRow(TrainingEngine.Torch, NeuronLearning.Both, true, true)]
    public void Training_moves_what_it_is_told_to_and_the_saved_model_keeps_it(TrainingEngine engine, NeuronLearning learning, bool thresholds, bool timeConstants)
    {
        var ml = new MLContext(seed: 1);
        Sample[] samples = Toy.Samples(120);
        IDataView training = Toy.Keyed(ml, samples[..60]), unseen = Toy.Keyed(ml, samples[60..]);
        SpikingNetworkOptions options = Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = learning } }), ValidationSet = unseen, Engine = engine };

        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);

        ColumnLayer untrained = options.Network.ColumnLayers[0], trained = model.Model.Network.ColumnLayers[0];
        foreach (var (first, last) in (ReadOnlySpan<(Neuron, Neuron)>)[(untrained.Excitatory, trained.Excitatory), (untrained.Inhibitory, trained.Inhibitory)])
        {
            LifNeuron before = (LifNeuron)first, after = (LifNeuron)last;
            Assert.AreEqual(thresholds, Math.Abs(before.Threshold - after.Threshold) > 1e-3, "threshold");
            Assert.AreEqual(timeConstants, Math.Abs(before.MembraneTimeConstant - after.MembraneTimeConstant) > 1e-3, "membrane");
            Assert.AreEqual(timeConstants, Math.Abs(before.SynapseTimeConstant - after.SynapseTimeConstant) > 1e-3, "synapse");
            Assert.AreEqual(before.Reset, after.Reset);
        }
        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual((model.Model.Network.ColumnLayers[0].Excitatory, model.Model.Network.ColumnLayers[0].Inhibitory), (loaded.Model.Network.ColumnLayers[0].Excitatory, loaded.Model.Network.ColumnLayers[0].Inhibitory));
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
        Assert.AreEqual(model.Model.Training.ValidationAccuracy!.Value, ml.MulticlassClassification.Evaluate(loaded.Transform(unseen)).MicroAccuracy, 1e-9);
    }

    private static double Deviated(double timeConstant, double deviation) => 1 / Math.Log(1 + (Math.Exp(1 / timeConstant) - 1) * Math.Exp(-deviation));
}
