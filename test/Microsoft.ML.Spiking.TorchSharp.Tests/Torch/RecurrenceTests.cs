using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>Neurons that hear each other one by one: by hand in managed code, by autograd on tensors.</summary>
[TestClass]
public class RecurrenceTests
{
    private const int Inputs = 9, Batch = 7, Steps = 21;

    private static readonly ColumnLayer s_layer = new()
    {
        Columns = 5, NeuronsPerColumn = 20, Wiring = new WattsStrogatz { Neighbours = 4 }, Modulation = 0.7, Recurrence = new Recurrence { Gain = 1.5 },
    };

    private static readonly ColumnLayer s_plain = s_layer with { Recurrence = null, ExcitatoryGain = 2, InhibitoryGain = 2 };

    public static IEnumerable<object[]> Stacks =>
    [
        ["it is the only layer", s_layer, null!, false],
        ["neurons hear other columns alone", s_layer with { Recurrence = new Recurrence { Gain = 2, OwnColumn = false }, Wiring = new WattsStrogatz { Neighbours = 2 } }, null!, false],
        ["neurons hear their own column alone", s_layer with { Wiring = new WattsStrogatz { Neighbours = 0 } }, null!, false],
        ["columns share panels, and few are joined", s_layer with { Columns = 9, NeuronsPerColumn = 7, Wiring = new WattsStrogatz { Neighbours = 2 } }, null!, false],
        ["columns take two panels each", s_layer with { Columns = 3, NeuronsPerColumn = 70, Wiring = new WattsStrogatz { Neighbours = 2 } }, null!, false],
        ["a share of the gradient goes back", s_layer with { Recurrence = new Recurrence { Gain = 1.5, GradientShare = 0.3 } }, null!, false],
        ["none of the gradient goes back", s_layer with { Recurrence = new Recurrence { Gain = 1.5, GradientShare = 0 } }, s_layer, false],
        ["both layers have it", s_layer, s_layer with { Columns = 3, NeuronsPerColumn = 13, Wiring = new WattsStrogatz { Neighbours = 2 } }, false],
        ["the second alone has", s_plain, s_layer, false],
        ["the first alone has", s_layer, s_plain, false],
        ["the synapses of the inputs have delays", s_layer with { Delays = [0, 3] }, s_layer with { Delays = [0, 2, 5] }, false],
        ["neurons adapt", s_layer with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }, s_plain, false],
        ["columns drive each other too", s_layer with { Coupling = 2 }, s_layer with { Coupling = 1, Homeostasis = null }, false],
        ["currents of the inputs are normalised", s_layer with { Normalisation = new CurrentNormalisation { Scale = 1.5 } }, s_layer with { Normalisation = new CurrentNormalisation() }, false],
        ["columns drive each other and inputs are normalised", s_plain with { Coupling = 2, Normalisation = new CurrentNormalisation() }, s_plain, false],
        ["resets are differentiated", s_layer with { Learning = new Surrogate { Gradient = new FastSigmoid(), Reset = ResetGradient.Attached } }, null!, false],
        ["neurons' constants learn", s_layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }, s_plain, false],
        ["rows end before the last step", s_layer, s_layer with { Delays = [0, 2] }, true],
        ["rows of normalised currents end before the last step", s_layer with { Normalisation = new CurrentNormalisation() }, s_layer, true],
    ];

    [TestMethod]
    [DynamicData(nameof(Stacks))]
    public void Both_engines_fire_the_same_and_find_the_same_gradients(string what, ColumnLayer first, ColumnLayer? second, bool ends)
    {
        ColumnLayer[] layers = second is null ? [first] : [first, second];
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = new SequenceCode { Step = new RateCode() }, TimeSteps = Steps, Layers = [.. layers],
                Readout = new Readout { HiddenUnits = 12, Dropout = 0, Layers = ReadLayers.All },
            },
            Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
        };
        options.Check();
        InputShape input = InputShape.Sequence(Steps, Inputs, Inputs);
        float[][] weights = [.. layers.Select((layer, i) => ColumnInitialiser.Draw(layer, options.Network.InputsOf(i, input), seed: 3 + i))];
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample => Spikes(sample, ends ? Steps - 2 * sample : Steps))];

        OneStep expected = OneStep.OfTorch(options, weights, Inputs, stimuli, seed: 1), actual = OneStep.OfManaged(options, weights, Inputs, stimuli, seed: 1);

        foreach (float[] accumulated in expected.Accumulated)
            Assert.IsGreaterThan(40, accumulated.Count(spikes => spikes != 0), $"all must fire for this to tell anything, where {what}");
        actual.IsNear(expected, $"where {what}");
        foreach (var (gradient, layer) in expected.RecurrentGradient.Zip(layers))
            if (layer.Recurrence is not null) Assert.IsGreaterThan(1e-5f, gradient.Max(MathF.Abs), "what they hear each other by must learn for this to tell anything");
        if (first.Recurrence is null) return;
        float[] deaf = OneStep.OfManaged(options with { Network = options.Network.EachLayer(layer => layer with { Recurrence = null }) }, weights, Inputs, stimuli, seed: 1).Accumulated[0];
        Assert.IsGreaterThan(deaf.Length / 10, deaf.Zip(actual.Accumulated[0]).Count(pair => Math.Abs(pair.First - pair.Second) > 0.5f), "they must hear each other for this to tell anything");
    }

    [TestMethod]
    public void A_share_of_the_gradient_changes_no_spike_and_the_gradient_of_the_inputs()
    {
        SpikingNetworkOptions Options(double share) => ColumnEngineTests.Options with
        {
            Network = ColumnEngineTests.Options.Network.EachLayer(layer => layer with { Learning = new Surrogate(), Recurrence = new Recurrence { Gain = 1.5, GradientShare = share } }),
        };
        OneStep whole = ColumnEngineTests.Agree(Options(1), seed: 5), none = ColumnEngineTests.Agree(Options(0), seed: 5);

        CollectionAssert.AreEqual(whole.Accumulated[0], none.Accumulated[0]);
        CollectionAssert.AreNotEqual(whole.WeightChange[0], none.WeightChange[0]);
        Assert.IsGreaterThan(1e-5f, none.RecurrentGradient[0].Max(MathF.Abs), "the weights between neurons learn all the same");
    }

    [TestMethod]
    public void A_reservoirs_neurons_hear_each_other_and_learn_nothing()
    {
        SpikingNetworkOptions options = ColumnEngineTests.Options with { Network = ColumnEngineTests.Options.Network.EachLayer(layer => layer with { Learning = new Reservoir(), Recurrence = new Recurrence() }) };

        OneStep found = ColumnEngineTests.Agree(options, seed: 5);

        Assert.IsEmpty(found.RecurrentGradient[0]);
    }

    // A step, and some that move hardly anything: a spike more or less moves all that follows.
    [TestMethod]
    [DataRow(1, 0.01)]
    [DataRow(4, 1e-7)]
    public void Trained_on_either_engine_the_weights_are_the_same(int batches, double learningRate)
    {
        SpikingNetworkOptions options = Toy.Options with
        {
            Network = Toy.Options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence(), Plasticity = null, StructuralPlasticity = null }) with { Code = new DirectCode() },
            Seed = 3, Batches = batches, Optimiser = new AdamW { LearningRate = learningRate, FinalLearningRate = 0, Epsilon = 1e-3 },
        };
        TrainedLayer managed = Fit(options with { Engine = TrainingEngine.Managed }).Layers[0], torch = Fit(options with { Engine = TrainingEngine.Torch }).Layers[0];

        float[] drawn = RecurrentInitialiser.Draw(managed.Layer, seed: 3);
        Assert.HasCount(drawn.Length, managed.RecurrentWeights);
        CollectionAssert.AreEqual(RecurrentInitialiser.Graph(managed.Layer, seed: 3).ToAdjacency(), managed.RecurrentTopology.ToAdjacency());
        CollectionAssert.AreEqual(managed.RecurrentTopology.ToAdjacency(), torch.RecurrentTopology.ToAdjacency());
        if (batches == 1) Assert.IsGreaterThan(1e-5f, drawn.Zip(managed.RecurrentWeights, (before, now) => MathF.Abs(before - now)).Max(), "they must learn for this to tell anything");
        for (int i = 0; i < drawn.Length; i++) Assert.AreEqual(torch.RecurrentWeights[i], managed.RecurrentWeights[i], 2e-4f * (1 + Math.Abs(drawn[i])), $"at {i}");
    }

    [TestMethod]
    [DataRow(TrainingEngine.Managed)]
    [DataRow(TrainingEngine.Torch)]
    public void A_network_learns_and_a_saved_one_predicts_the_same(TrainingEngine engine)
    {
        var ml = new MLContext(seed: 1);
        Sample[] samples = Toy.Samples(180);
        IDataView training = Toy.Keyed(ml, samples[..90]), unseen = Toy.Keyed(ml, samples[90..]);
        SpikingNetworkOptions options = Toy.Able with { Engine = engine, Network = Toy.Able.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }), Batches = 60 };
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        CollectionAssert.AreEqual(model.Model.Layers[0].RecurrentWeights.ToArray(), loaded.Model.Layers[0].RecurrentWeights.ToArray());
        CollectionAssert.AreEqual(model.Model.Layers[0].RecurrentTopology.ToAdjacency(), loaded.Model.Layers[0].RecurrentTopology.ToAdjacency());
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
    }

    private static SpikingModel Fit(SpikingNetworkOptions options)
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(ml)).Model;
    }

    private static Stimulus Spikes(int sample, int length)
    {
        var stimulus = new Stimulus(Steps);
        PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
        stimulus.Length = length;
        return stimulus;
    }
}
