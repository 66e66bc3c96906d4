using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Scoring;

[TestClass]
public class ReliabilityDiagramTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_error_is_the_mean_distance_of_accuracy_and_confidence()
    {
        // Four answers of 0.9, three of them right: 0.15 off. One of 0.5 that is right: 0.5 off.
        ReliabilityDiagram diagram = ReliabilityDiagram.Of([(0.9, true), (0.9, true), (0.9, true), (0.9, false), (0.5, true)]);

        Assert.AreEqual((4 * 0.15 + 0.5) / 5, diagram.ExpectedCalibrationError, 1e-9);
        Assert.AreEqual(5, diagram.Rows);
        ReliabilityBin sure = diagram.Bins.Single(bin => bin.Rows == 4);
        Assert.AreEqual((0.75, 13 / 15.0, 14 / 15.0), (sure.Accuracy, sure.From, sure.To));
        Assert.AreEqual(0.9, sure.Confidence, 1e-9);
    }

    [TestMethod]
    public void Certainty_is_in_the_last_bin_and_no_rows_are_no_error()
    {
        Assert.AreEqual(1, ReliabilityDiagram.Of([(1, true)]).Bins[^1].Rows);
        Assert.AreEqual(0, ReliabilityDiagram.Of([]).ExpectedCalibrationError);
    }

    [TestMethod]
    public void Scored_rows_of_any_multiclass_trainer_are_measured_and_those_without_an_answer_left_out()
    {
        IDataView scored = _ml.Data.LoadFromEnumerable([
            new Scored { Label = 0, Score = [0.8f, 0.2f] }, new Scored { Label = 0, Score = [0.2f, 0.8f] }, new Scored { Label = 1, Score = [float.NaN, float.NaN] },
        ]);

        ReliabilityDiagram diagram = ReliabilityDiagram.Measure(scored);

        Assert.AreEqual(2, diagram.Rows);
        Assert.AreEqual(0.3, diagram.ExpectedCalibrationError, 1e-6, "half of what is 0.8 sure is right");
    }

    [TestMethod]
    public void Three_of_four_right_answers_are_three_quarters_and_a_row_without_a_label_or_with_half_a_score_is_none()
    {
        IDataView scored = _ml.Data.LoadFromEnumerable([
            new Scored { Label = 0, Score = [0.8f, 0.2f] }, new Scored { Label = 1, Score = [0.2f, 0.8f] }, new Scored { Label = 0, Score = [0.85f, 0.15f] }, new Scored { Label = 1, Score = [0.81f, 0.19f] },
            new Scored { Label = 7, Score = [0.81f, 0.19f] }, new Scored { Label = 0, Score = [0.8f, float.NaN] }, new Scored { Label = 0, Score = null! },
        ]);

        ReliabilityBin bin = ReliabilityDiagram.Measure(scored).Bins.Single(bin => bin.Rows > 0);

        Assert.AreEqual((4, 0.75), (bin.Rows, bin.Accuracy));
        Assert.AreEqual((0.8 + 0.8 + 0.85 + 0.81) / 4, bin.Confidence, 1e-6);
    }

    [TestMethod]
    public void What_is_not_scored_is_refused()
    {
        IDataView scored = _ml.Data.LoadFromEnumerable([new Scored { Score = [1, 0] }]);

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => ReliabilityDiagram.Measure(scored, scoreColumnName: "Probability")).Message, "There is no column 'Probability' to measure calibration on;");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ReliabilityDiagram.Measure(scored, labelColumnName: "Score")).Message, "but calibration is measured on a key;");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ReliabilityDiagram.Measure(scored, scoreColumnName: "Label")).Message, "but calibration is measured on a Vector<Single>;");
        Assert.ThrowsExactly<ArgumentNullException>(() => ReliabilityDiagram.Measure(null!));
    }

    private sealed class Scored
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }
}
