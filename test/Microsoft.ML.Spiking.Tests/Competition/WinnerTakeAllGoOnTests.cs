namespace Microsoft.ML.Spiking.Tests.Competition;

/// <summary>A layer that goes on learning after its training.</summary>
[TestClass]
public class WinnerTakeAllGoOnTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly WinnerTakeAllOptions s_options = new()
    {
        Network = new() { Neurons = 12, TimeSteps = 60, MaximumProbability = 0.3 },
        Learning = new() { LearningRate = 0.1, FinalLearningRate = 0.01, MeanWeight = 0.3, FinalThresholdStep = 0.02 }, Epochs = 10, Seed = 1,
    };

    private static readonly Lazy<WinnerTakeAllTransformer> s_trained = new(() => s_ml.MulticlassClassification.Trainers.WinnerTakeAll(s_options).Fit(Toy.Data(s_ml, 60)));

    [TestMethod]
    public void Who_fires_goes_on_learning_at_the_rates_that_training_ended_with()
    {
        // One neuron, which sees one input that spikes in every step, and so has a weight of 1 after each row: only its threshold can move.
        WinnerTakeAllModel model = s_trained.Value.Model with
        {
            Network = s_options.Network with { Neurons = 1, TimeSteps = 3, MaximumProbability = 1, Threshold = 2.5, MembraneTimeConstant = 1e6 },
            Input = InputShape.Intensities([1]), Gain = 1, Weights = [1], Thresholds = [2.5f], ClassSpikes = [1, 0, 0],
            Standardisation = new Standardisation([0], [1]), Learning = s_options.Learning with { MeanWeight = 1 }, FeatureNames = [],
        };
        var layer = new WinnerTakeAllTransformer(s_ml, model, labels: null);
        IDataView lit = Toy.Keyed(s_ml, Enumerable.Range(0, 5).Select(_ => new Sample { Class = "a", Features = [1] }), 1);

        WinnerTakeAllModel its = layer.GoOn(lit).Model;

        // Potentials 1, 2, 3 reach 2.5 in the first row, then 2.52 and so on: once a row, 0.02 higher each time.
        Assert.AreEqual(2.6, its.Thresholds[0], 1e-5);
        CollectionAssert.AreEqual((float[])[1], its.Weights);
        Assert.AreEqual(model.Rows + 5, its.Rows);
    }

    [TestMethod]
    public void Labels_are_not_read_and_neurons_speak_for_the_classes_that_they_spoke_for()
    {
        IDataView more = Toy.Keyed(s_ml, Toy.Samples(120)[60..]), unlabelled = s_ml.Transforms.DropColumns("Label", "Class").Fit(more).Transform(more);
        WinnerTakeAllModel its = s_trained.Value.GoOn(more).Model, other = s_trained.Value.GoOn(unlabelled).Model;
        CollectionAssert.AreNotEqual(s_trained.Value.Model.Weights, its.Weights);
        CollectionAssert.AreEqual(its.Weights, other.Weights);
        CollectionAssert.AreEqual(its.Thresholds, other.Thresholds);
        CollectionAssert.AreEqual(s_trained.Value.Model.NeuronClasses, its.NeuronClasses);
        Assert.IsGreaterThan(0.9, s_ml.MulticlassClassification.Evaluate(s_trained.Value.GoOn(more).Transform(more)).MicroAccuracy);
    }

    [TestMethod]
    public void A_neuron_that_is_dead_stays_dead()
    {
        WinnerTakeAllModel model = s_trained.Value.Model, left = model with { Weights = [.. model.Weights.Select((weight, i) => i < Toy.Inputs ? 0 : weight)] };
        WinnerTakeAllTransformer later = new WinnerTakeAllTransformer(s_ml, left, labels: null).GoOn(Toy.Data(s_ml, 60));
        Assert.IsTrue(later.Model.Weights.Take(Toy.Inputs).All(weight => weight == 0));
        Assert.IsTrue(Views.Vectors(later.Transform(Toy.Data(s_ml)), "SpikeRate").All(rates => rates[0] == 0));
    }

    [TestMethod]
    public void Rows_without_features_teach_nothing()
    {
        IDataView missing = Toy.Keyed(s_ml, Toy.Samples(5).Select(sample => new Sample { Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] }));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => s_trained.Value.GoOn(missing)).Message, "of 5 rows none has features");
        IDataView other = s_ml.Transforms.DropColumns("Features").Fit(missing).Transform(missing);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => s_trained.Value.GoOn(other));
    }
}
