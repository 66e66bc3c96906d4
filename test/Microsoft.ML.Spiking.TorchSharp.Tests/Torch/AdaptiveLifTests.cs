using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>The adaptive neuron in both engines, and its constants in training.</summary>
[TestClass]
public class AdaptiveLifTests
{
    private const int Steps = 30;

    private static readonly AdaptiveLifNeuron s_neuron = new()
    {
        MembraneTimeConstant = 5, SynapseTimeConstant = 2, AdaptationTimeConstant = 7, Threshold = 1, Reset = 0.2f, Adaptation = 2,
    };

    [TestMethod]
    [DynamicData(nameof(ColumnEngineTests.Learning), typeof(ColumnEngineTests))]
    public void Both_engines_find_the_same_gradient(Surrogate learning)
    {
        OneStep found = ColumnEngineTests.Agree(Adaptive(layer => layer with { Learning = learning, Homeostasis = new Homeostasis { RateLossWeight = 30 } }), seed: 4);
        Assert.IsGreaterThan(1e-4f, found.WeightChange[0].Max(MathF.Abs), "the columns must learn for this to tell anything");
    }

    [TestMethod]
    public void And_so_they_do_where_columns_drive_each_other() => ColumnEngineTests.Agree(Adaptive(layer => layer with { Coupling = 3 }), seed: 5);

    [TestMethod]
    [DataRow(ResetGradient.Detached)]
    [DataRow(ResetGradient.Attached)]
    public void Gradients_of_its_constants_are_the_finite_differences_of_the_smoothed_neuron(ResetGradient reset)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        var surrogate = new Surrogate { Gradient = new ATan(), Reset = reset, Neurons = NeuronLearning.Both };
        var layer = new ColumnLayer
        {
            Columns = 1, NeuronsPerColumn = 1, ExcitatoryFraction = 1, Excitatory = s_neuron, Inhibitory = s_neuron, Modulation = 0, Learning = surrogate,
        };
        var options = new SpikingNetwork { TimeSteps = Steps, Code = new RateCode(), Layers = [layer] };
        float[] currents = [.. Enumerable.Range(0, Steps).Select(i => (float)(0.9 * Math.Sin(1.7 * i) + 0.8))];
        using var network = new NetworkTensors(options, Steps, classes: 2, seed: 1, CPU);
        using var engine = new TorchEngine(options, [currents], Steps, samples: null, CPU);

        engine.Backward(engine.Run(network, eye(Steps).unsqueeze(1))[0].Accumulated().sum());

        var smoothed = new SmoothedAdaptiveNeuron(surrogate, s_neuron, currents);
        Assert.IsGreaterThan(3, smoothed.HardSpikes, "the neuron must fire for this to tell anything");
        Check("synapse", d => s_neuron with { SynapseTimeConstant = Deviated(s_neuron.SynapseTimeConstant, d) });
        Check("membrane", d => s_neuron with { MembraneTimeConstant = Deviated(s_neuron.MembraneTimeConstant, d) });
        Check("adaptation", d => s_neuron with { AdaptationTimeConstant = Deviated(s_neuron.AdaptationTimeConstant, d) });
        Check("threshold", d => s_neuron with { Threshold = (float)(s_neuron.Reset + (s_neuron.Threshold - s_neuron.Reset) * Math.Exp(d)) });
        Check("adaptation_strength", d => s_neuron with { Adaptation = s_neuron.Adaptation * Math.Exp(d) });

        void Check(string constant, Func<double, AdaptiveLifNeuron> changed)
        {
            const double Step = 1e-4;
            double expected = (smoothed.Spikes(changed(Step)) - smoothed.Spikes(changed(-Step))) / (2 * Step);
            Assert.AreEqual(expected, engine.Layers[0].Neurons[constant]!.grad!.Read()[0], 3e-3 * Math.Max(1, Math.Abs(expected)), constant);
        }
    }

    [TestMethod]
    public void A_network_of_them_learns_is_saved_and_predicts_the_same()
    {
        var ml = new MLContext(seed: 1);
        Sample[] samples = Toy.Samples(180);
        IDataView training = Toy.Keyed(ml, samples[..90]), unseen = Toy.Keyed(ml, samples[90..]);
        SpikingNetworkOptions options = Toy.Able with { Network = Of(Toy.Able.Network, layer => layer), Batches = 60 };
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual(s_neuron, loaded.Model.Network.ColumnLayers[0].Excitatory);
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
    }

    [TestMethod]
    [DataRow(TrainingEngine.Managed)]
    [DataRow(TrainingEngine.Torch)]
    public void Its_adaptation_may_learn_and_the_model_keeps_it(TrainingEngine engine)
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkOptions options = Toy.Able with { Network = Of(Toy.Able.Network, layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }), Engine = engine };
        var learnt = (AdaptiveLifNeuron)ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml)).Model.Network.ColumnLayers[0].Excitatory;
        Assert.IsGreaterThan(1e-3, Math.Abs(learnt.Adaptation - s_neuron.Adaptation));
        Assert.IsGreaterThan(1e-3, Math.Abs(learnt.AdaptationTimeConstant - s_neuron.AdaptationTimeConstant));
        Assert.AreEqual(s_neuron.Reset, learnt.Reset);
    }

    private static SpikingNetworkOptions Adaptive(Func<ColumnLayer, ColumnLayer> change)
        => ColumnEngineTests.Options with { Network = Of(ColumnEngineTests.Options.Network, change) };

    private static SpikingNetwork Of(SpikingNetwork network, Func<ColumnLayer, ColumnLayer> change)
        => network.EachLayer(layer => change(layer with { Excitatory = s_neuron, Inhibitory = s_neuron with { Threshold = 0.8f, AdaptationTimeConstant = 4 } }));

    private static double Deviated(double timeConstant, double deviation)
    {
        double odds = Math.Exp(deviation) / (Math.Exp(1 / timeConstant) - 1);
        return -1 / Math.Log(odds / (1 + odds));
    }
}
