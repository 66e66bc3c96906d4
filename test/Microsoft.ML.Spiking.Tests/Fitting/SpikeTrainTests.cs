using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Training on spike trains instead of intensities.</summary>
[TestClass]
public class SpikeTrainTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Poisson_encoding_and_trainer_learn_together_and_serve_single_rows_when_loaded()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Toy.Samples(60));
        var chain = _ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(_ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 12, seed: 3))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Network = Toy.Able.Network with { TimeSteps = 5 }, FeatureColumnName = "Spikes", Batches = 60 }));
        var model = chain.Fit(data);
        Sample[] unseen = Toy.Samples(160)[60..];
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(_ml, model, data.Schema, out _);
        using var engine = _ml.Model.CreatePredictionEngine<Sample, Prediction>(loaded);

        int right = unseen.Count(sample => engine.Predict(sample).PredictedLabel == sample.Id % 3 + 1);

        Assert.IsGreaterThanOrEqualTo(95, right);
        Assert.IsTrue(model.LastTransformer.Model.Input.IsSpikeTrain);
        Assert.AreEqual(12, model.LastTransformer.Model.Input.Steps, "a train brings its own time steps");
        Views.SameValues(model.Transform(data), loaded.Transform(data));
    }

    [TestMethod]
    public void It_passes_what_ML_NET_asks_of_an_estimator()
    {
        IDataView valid = _ml.Transforms.PoissonEncoding("Features", timeSteps: 4, seed: 3).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));
        // Five time steps in place of four are another type.
        EstimatorChecks.Run(_ml, _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options), valid,
            [_ml.Transforms.DropColumns("Features").Fit(valid).Transform(valid)], [_ml.Transforms.DropColumns("Label").Fit(valid).Transform(valid)]);
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(valid);
        IDataView longer = _ml.Transforms.PoissonEncoding("Features", timeSteps: 5, seed: 3).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(longer));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(Toy.Data(_ml)));
    }

    [TestMethod]
    public void The_sigmoid_code_may_stand_in_the_options_of_spike_trains()
    {
        IDataView data = _ml.Transforms.PoissonEncoding("Features", timeSteps: 4, seed: 3).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));

        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network with { Code = new SigmoidCode(), EvaluationCode = new DeterministicCode() } }).Fit(data);

        ITransformer loaded = EstimatorChecks.SavedAndLoaded(_ml, model, data.Schema, out _);
        Views.SameValues(model.Transform(data), loaded.Transform(data));
    }
}
