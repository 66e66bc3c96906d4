using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>The column that says what a row's prediction cost.</summary>
[TestClass]
public class CostColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Nobody_has_it_who_does_not_ask_for_it()
        => Assert.IsNull(Toy.Trained.GetOutputSchema(Toy.Data(_ml).Schema).GetColumnOrNull("Cost"));

    [TestMethod]
    public void A_network_that_is_asked_says_what_the_recorder_counts()
    {
        Sample[] samples = Toy.Samples(30);
        IDataView scored = Toy.Trained.WithCost().Transform(Toy.Keyed(_ml, samples));
        var recorder = new SpikeRecorder(Toy.Trained.Model);
        double[][] costs = [.. scored.GetColumn<double[]>("Cost")];
        foreach (Sample sample in samples)
        {
            PredictionCost cost = recorder.Record(sample.Features).Cost;
            CollectionAssert.AreEqual((double[])[cost.InputEvents, cost.Spikes, cost.SynapticOperations, cost.BytesMoved], costs[sample.Id]);
            Assert.IsGreaterThan(0, cost.Spikes);
        }
        CollectionAssert.AreEqual((string[])["InputEvents", "Spikes", "SynapticOperations", "BytesMoved"], SlotNames.Of(scored.Schema["Cost"]));
    }

    [TestMethod]
    public void Asking_changes_no_other_column()
    {
        IDataView data = Toy.Data(_ml), asked = Toy.Trained.WithCost("What it cost").Transform(data);
        Views.SameValues(Toy.Trained.Transform(data), _ml.Transforms.DropColumns("What it cost").Fit(asked).Transform(asked));
        Views.SameValues(Toy.Trained.Transform(data), Toy.Trained.WithCost().WithCost(null).Transform(data));
    }

    [TestMethod]
    public void A_row_without_a_prediction_has_no_cost()
    {
        Sample[] samples = Toy.Samples(2);
        samples[1].Features[1] = float.NaN;
        double[][] costs = [.. Toy.Trained.WithCost().Transform(Toy.Keyed(_ml, samples)).GetColumn<double[]>("Cost")];
        Assert.IsTrue(costs[0].All(double.IsFinite) && costs[1].All(double.IsNaN));
    }

    [TestMethod]
    public void It_is_promised_by_the_option_and_kept_by_the_model_of_either_trainer()
    {
        SpikingNetworkOptions options = Toy.Options with { CostColumnName = "Price" };
        SpikingNetworkTrainer trainer = _ml.MulticlassClassification.Trainers.SpikingNetwork(options);
        Assert.IsTrue(trainer.GetOutputSchema(EstimatorChecks.Shape(Toy.Data(_ml).Schema)).Any(column => column.Name == "Price"));
        IDataView of = Reloaded(trainer.Fit(Toy.Data(_ml))).Transform(Toy.Data(_ml)), yesNo = Reloaded(_ml.BinaryClassification.Trainers.SpikingNetwork(options).Fit(YesNo.Data(_ml))).Transform(YesNo.Data(_ml));
        foreach (IDataView scored in (IDataView[])[of, yesNo])
            Assert.IsTrue(scored.GetColumn<double[]>("Price").All(cost => cost[1] >= 0 && cost[3] == 4 * cost[2] && cost[2] > 0));
    }

    [TestMethod]
    public void A_name_that_hides_another_column_or_is_empty_is_refused()
    {
        Assert.AreEqual("CostColumnName is 'Score', and so is ScoreColumnName, but one column would hide the other; call them differently. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => Toy.Trained.WithCost("Score")).Message);
        Assert.AreEqual("CostColumnName is empty, but it must name a column; leave it null for none. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { CostColumnName = " " })).Message);
    }

    private ITransformer Reloaded(ITransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, inputSchema: null, stream);
        return _ml.Model.Load(stream, out _);
    }
}
