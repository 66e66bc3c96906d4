using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class EvaluateCommandTests
{
    [TestMethod]
    public void An_image_folder_is_evaluated_with_its_folders_as_classes()
    {
        using var folder = new TemporaryFolder();

        JsonElement result = Answer.To("evaluate", "-m", Toy.Model, "-d", Toy.DrawFolder(folder["images"]), "--json").Json;

        Assert.AreEqual(6, result.GetProperty("rows").GetInt64());
        Assert.AreEqual(1.0, result.GetProperty("microAccuracy").GetDouble());
        Assert.AreEqual("[[3,0],[0,3]]", JsonSerializer.Serialize(result.GetProperty("confusion")));
        Assert.AreEqual("right", result.GetProperty("classes")[1].GetProperty("label").GetString());
    }

    [TestMethod]
    public void Labels_count_by_their_names_and_not_by_their_order_in_the_data()
    {
        using var folder = new TemporaryFolder();
        // One class alone: to this file it is the first, to the model the second.
        string csv = Toy.WriteCsv(folder["rows.csv"], "right", "right");

        JsonElement result = Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--json").Json;

        Assert.AreEqual("[[0,0],[0,2]]", JsonSerializer.Serialize(result.GetProperty("confusion")));
        Assert.AreEqual(JsonValueKind.Null, result.GetProperty("classes")[0].GetProperty("recall").ValueKind);
    }

    [TestMethod]
    public void The_measures_are_MLNets()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 20);
        using (FileStream file = File.Create(folder["rows.idv"])) ml.Data.SaveAsBinary(rows, file);
        var expected = ml.MulticlassClassification.Evaluate(ml.Model.Load(Toy.Model, out _).Transform(rows));

        JsonElement result = Answer.To("evaluate", "-m", Toy.Model, "-d", folder["rows.idv"], "--json").Json;

        Assert.AreEqual(expected.LogLoss, result.GetProperty("logLoss").GetDouble(), 1e-9);
        Assert.AreEqual(expected.MacroAccuracy, result.GetProperty("macroAccuracy").GetDouble(), 1e-9);
        Assert.AreEqual(1.0, result.GetProperty("topK")[1].GetDouble());
    }

    [TestMethod]
    public void What_a_row_costs_is_the_mean_of_what_the_recorder_counts()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 20);
        using (FileStream file = File.Create(folder["rows.idv"])) ml.Data.SaveAsBinary(rows, file);
        var recorder = new SpikeRecorder(SpikingNetworkTransformer.Of(ml.Model.Load(Toy.Model, out _)));
        PredictionCost[] costs = [.. rows.GetColumn<float[]>("Features").Select(row => recorder.Record(row).Cost)];

        JsonElement cost = Answer.To("evaluate", "-m", Toy.Model, "-d", folder["rows.idv"], "--json").Json.GetProperty("cost");

        Assert.AreEqual(costs.Average(row => row.Spikes), cost.GetProperty("spikes").GetDouble(), 1e-9);
        Assert.AreEqual(costs.Average(row => row.SynapticOperations), cost.GetProperty("synapticOperations").GetDouble(), 1e-9);
        Assert.AreEqual(costs.Average(row => row.BytesMoved), cost.GetProperty("bytesMoved").GetDouble(), 1e-9);
        Assert.AreEqual(costs[0].DenseOperations, cost.GetProperty("denseOperations").GetInt64());
    }

    [TestMethod]
    public void The_curve_ends_where_the_evaluation_is_and_costs_more_with_every_step()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "right");

        Answer shown = Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--curve"), asked = Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--curve", "--json");

        StringAssert.Contains(shown.Output, "Accuracy against cost", StringComparison.Ordinal);
        JsonElement[] curve = [.. asked.Json.GetProperty("curve").EnumerateArray()];
        Assert.IsGreaterThan(1, curve.Length);
        CollectionAssert.AreEqual(Enumerable.Range(1, curve.Length).ToArray(), curve.Select(point => point.GetProperty("timeSteps").GetInt32()).ToArray());
        double[] operations = [.. curve.Select(point => point.GetProperty("synapticOperations").GetDouble())];
        CollectionAssert.AreEqual(operations.Order().ToArray(), operations);
        Assert.AreEqual(asked.Json.GetProperty("cost").GetProperty("synapticOperations").GetDouble(), operations[^1], 1e-9);
        Assert.AreEqual(1.0, curve[^1].GetProperty("microAccuracy").GetDouble());
        Assert.AreEqual(JsonValueKind.Null, Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--json").Json.GetProperty("curve").ValueKind);
    }

    [TestMethod]
    public void The_table_goes_to_stdout_and_what_is_done_to_stderr()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");

        Answer loud = Answer.To("evaluate", "-m", Toy.Model, "-d", csv), quiet = Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "-q");

        StringAssert.Contains(loud.Output, "micro accuracy  1.0000", StringComparison.Ordinal);
        StringAssert.Contains(loud.Output, "│ left  │    1 │    1.0000 │ 1.0000 │ 1.0000 │", StringComparison.Ordinal);
        StringAssert.Contains(loud.Errors, "Evaluating", StringComparison.Ordinal);
        Assert.AreEqual(loud.Output, quiet.Output);
        Assert.AreEqual("", quiet.Errors);
    }

    [TestMethod]
    public void The_gate_opens_at_the_accuracy_demanded_and_closes_above()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "left", "left", "right");
        File.WriteAllText(csv, File.ReadAllText(csv).Replace("right", "left", StringComparison.Ordinal));   // three of four are right

        Assert.AreEqual(ExitCode.Done, Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--min-accuracy", "0.75").Code);
        Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--min-accuracy", "0.76").FailsWith(ExitCode.Gate, "The accuracy is 0.7500, below the 0.7600 that --min-accuracy demands.");
    }

    [TestMethod]
    public void Rows_without_an_answer_are_counted_printed_and_close_the_gate()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");
        File.AppendAllText(csv, "left," + new string(',', 15) + Environment.NewLine);

        Answer open = Answer.To("evaluate", "-m", Toy.Model, "-d", csv), quiet = Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--quiet", "--json");

        Assert.AreEqual(ExitCode.Done, open.Code);
        StringAssert.Contains(open.Output, "no answer       1 more, in no measure below", StringComparison.Ordinal);
        StringAssert.Contains(open.Errors, "warning: 1 row got no answer: a feature is missing or no finite number.", StringComparison.Ordinal);
        Assert.AreEqual("warning: 1 row got no answer: a feature is missing or no finite number." + Environment.NewLine, quiet.Errors);
        Assert.AreEqual(1, quiet.Json.GetProperty("unanswered").GetInt64());
        Assert.AreEqual(2, quiet.Json.GetProperty("rows").GetInt64());
        Answer.To("evaluate", "-m", Toy.Model, "-d", csv, "--min-accuracy", "0.5").FailsWith(ExitCode.Gate, "1 of 3 rows got no answer, and --min-accuracy demands one of each.");
    }

    [TestMethod]
    public void Where_no_row_has_an_answer_that_is_the_reason()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"]);
        File.AppendAllText(csv, "left," + new string(',', 15) + Environment.NewLine);

        Answer.To("evaluate", "-m", Toy.Model, "-d", csv).FailsWith(ExitCode.Data, "None of the 1 rows with a label got an answer");
    }

    [TestMethod]
    public void A_class_that_the_model_does_not_know_is_named()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "up", "up");

        Answer.To("evaluate", "-m", Toy.Model, "-d", csv).FailsWith(ExitCode.Data, "The model knows no class 'up', which 2 rows belong to.");
    }

    [TestMethod]
    public void Rows_of_another_size_are_refused_with_both_sizes()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.Write("rows.csv", "label,a,b\nleft,1,2\nright,3,4\n");

        Answer.To("evaluate", "-m", Toy.Model, "-d", csv).FailsWith(ExitCode.Data, "has 2 features a row (2 of Single), but the model takes rows of 16 (4 x 4).");
    }

    [TestMethod]
    public void Data_without_labels_is_refused()
    {
        using var folder = new TemporaryFolder();

        Answer.To("evaluate", "-m", Toy.Model, "-d", Toy.Draw(folder["a.png"], 0)).FailsWith(ExitCode.Data, "a.png' holds no labels.");
    }

    [TestMethod]
    public void An_interruption_ends_with_130()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");

        Answer.To(new CancellationToken(canceled: true), "evaluate", "-m", Toy.Model, "-d", csv).FailsWith(ExitCode.Interrupted, "Interrupted.");
    }
}
