using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A validation set whose label counts the classes in another order is measured by what its keys stand for.</summary>
[TestClass]
public class ValidationSetTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Keys_of_a_MapValueToKey_of_its_own_are_told_by_their_values()
    {
        SpikingModel asTrained = Fit(Toy.Able, Toy.Data(_ml)), own = Fit(Toy.Able, Keyed(Toy.Samples(24).Reverse()));

        Assert.AreEqual(1, asTrained.Training.ValidationAccuracy);
        CollectionAssert.AreEqual(asTrained.Training.History.Select(epoch => epoch.ValidationAccuracy).ToArray(), own.Training.History.Select(epoch => epoch.ValidationAccuracy).ToArray());
    }

    [TestMethod]
    public void Some_of_the_classes_are_enough() => Assert.AreEqual(1, Fit(Toy.Able, Keyed(Toy.Samples(24).Where(sample => sample.Class == "c"))).Training.ValidationAccuracy);

    [TestMethod]
    public void Early_stopping_keeps_the_epoch_that_it_keeps_with_the_keys_of_training()
    {
        SpikingNetworkOptions options = Toy.Able with { EarlyStopping = new EarlyStopping { Patience = 20 } };

        SpikingModel asTrained = Fit(options, Toy.Data(_ml)), own = Fit(options, Keyed(Toy.Samples(24).Reverse()));

        Assert.AreEqual(asTrained.Training.BestEpoch, own.Training.BestEpoch);
        CollectionAssert.AreEqual(asTrained.OutputWeights, own.OutputWeights);
    }

    [TestMethod]
    public void A_class_that_the_training_set_does_not_know_is_refused_by_name()
    {
        Sample[] samples = Toy.Samples(24);
        samples[1].Class = "z";

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options, Keyed(samples)));

        Assert.AreEqual("The validation set's label knows a class 'z', but the training set's classes are 'a', 'b', 'c'; let the validation set go through the MapValueToKey that was fitted for training. [SPK1002]", refusal.Message);
    }

    [TestMethod]
    public void One_that_went_through_no_step_is_told_from_the_training_set()
    {
        IDataView bare = _ml.Data.LoadFromEnumerable(Toy.Samples(24)), named = _ml.Transforms.CopyColumns("Label", "Class").Fit(bare).Transform(bare);

        string absent = Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options, bare)).Message, text = Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options, named)).Message;

        const string WayOut = ", but the training set has Key<UInt32, 0-2> there; give the validation set what the training set went through, as in steps.Fit(training).Transform(validation). [SPK1002]";
        StringAssert.StartsWith(absent, "The validation set has no column 'Label'" + WayOut);
        StringAssert.StartsWith(text, "The validation set has String in the column 'Label'" + WayOut);
    }

    [TestMethod]
    public void Keys_without_values_go_by_their_numbers()
    {
        IDataView bare = _ml.Data.LoadFromEnumerable(Toy.Samples(24).Select(sample => new Bare { Label = (uint)(sample.Id % 3), Features = sample.Features }));

        Assert.AreEqual(1, Fit(Toy.Able, bare).Training.ValidationAccuracy);
    }

    private SpikingModel Fit(SpikingNetworkOptions options, IDataView validation)
        => _ml.MulticlassClassification.Trainers.SpikingNetwork(options with { ValidationSet = validation }).Fit(Toy.Data(_ml)).Model;

    /// <summary>Keys by the order in which the classes occur.</summary>
    private IDataView Keyed(IEnumerable<Sample> samples)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(samples);
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
    }

    private sealed class Bare
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];
    }
}
