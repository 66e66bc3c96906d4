using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class CalibrationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Validation_rows_give_a_temperature_that_the_model_keeps_and_that_changes_no_prediction()
    {
        IDataView data = Toy.Data(_ml, rows: 60);
        SpikingNetworkOptions options = Toy.Able with { ValidationSet = Toy.Data(_ml, rows: 30) };

        SpikingNetworkTransformer plain = Fit(options with { Calibration = null }, data), calibrated = Fit(options, data);
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(new MLContext(), calibrated, data.Schema, out _);

        Assert.AreEqual(1, plain.Model.Temperature);
        Assert.AreNotEqual(1, calibrated.Model.Temperature);
        Assert.AreEqual(calibrated.Model.Temperature, SpikingNetworkTransformer.Of(loaded).Model.Temperature);
        CollectionAssert.AreEqual(plain.Model.OutputWeights, calibrated.Model.OutputWeights);
        CollectionAssert.AreEqual(plain.Transform(data).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());

        // The logits are divided by it: so are the differences of the scores' logarithms.
        float[] before = Views.Vectors(plain.Transform(data), "Score")[0], after = Views.Vectors(loaded.Transform(data), "Score")[0];
        Assert.AreEqual(Math.Log(before[0] / before[1]) / calibrated.Model.Temperature, Math.Log(after[0] / after[1]), 1e-3);
    }

    [TestMethod]
    public void Without_validation_rows_there_is_nothing_to_fit()
        => Assert.AreEqual(1, Fit(Toy.Options, Toy.Data(_ml)).Model.Temperature);

    [TestMethod]
    public void Smoothed_labels_leave_scores_less_sure()
    {
        IDataView data = Toy.Data(_ml);
        float Sure(double smoothing)
            => Views.Vectors(Fit(Toy.Able with { LabelSmoothing = smoothing, Batches = 100 }, data).Transform(data), "Score").Average(scores => scores.Max());

        Assert.IsLessThan(Sure(0) - 0.1f, Sure(0.3));
    }

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data);
}
