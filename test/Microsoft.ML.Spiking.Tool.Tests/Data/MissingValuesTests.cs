namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>Missing numbers are filled in by the mean of training, in training and whenever the model is asked.</summary>
[TestClass]
public sealed class MissingValuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model.zip"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void No_row_is_left_out_and_none_goes_without_an_answer()
    {
        string data = WriteWithGaps();

        Answer trained = Train(data, "--test", data, "--json");

        Assert.AreEqual(ExitCode.Done, trained.Code, trained.Errors);
        Assert.AreEqual(40, trained.Json.GetProperty("rows").GetInt64());
        Assert.AreEqual(0, trained.Json.GetProperty("testUnanswered").GetInt64());
        Assert.IsFalse(trained.Errors.Contains("Left out", StringComparison.Ordinal), trained.Errors);
        Assert.AreEqual(ExitCode.Done, Answer.To("evaluate", "-m", Model, "-d", data, "--min-accuracy", "0.9").Code);
    }

    [TestMethod]
    public void The_model_still_finds_its_columns_by_name_and_says_the_class_by_its_name()
    {
        Train(WriteWithGaps());
        string turned = _folder["turned.csv"];
        File.WriteAllLines(turned, [string.Join(',', Enumerable.Range(0, 16).Reverse().Select(i => $"p{i}")), string.Join(',', Toy.Pixels(1, 1).Reverse())]);

        StringAssert.StartsWith(Answer.To("predict", turned, "-m", Model).Lines[0], "0\tright\t", StringComparison.Ordinal);
        var ml = new MLContext();
        using PredictionEngine<Row, Named> engine = ml.Model.CreatePredictionEngine<Row, Named>(ml.Model.Load(Model, out _));
        Assert.AreEqual("right", engine.Predict(new Row { Features = [float.NaN, .. Toy.Pixels(1, 1)[1..]] }).PredictedClass);
    }

    private Answer Train(string data, params string[] more) => Answer.To([
        "train", "--data", data, "--fill-missing", "--columns", "4", "--neurons", "16", "--hidden", "16", "--batches", "150", "--learning-rate", "0.02",
        "--seed", "1", "--device", "cpu", "-o", Model, .. more,
    ]);

    /// <summary>Every row lacks one of its sixteen pixels.</summary>
    private string WriteWithGaps()
    {
        string data = Toy.WriteCsv(_folder["gaps.csv"], [.. Enumerable.Range(0, 40).Select(row => Toy.Classes[row % 2])]);
        string[] lines = File.ReadAllLines(data);
        for (int row = 1; row < lines.Length; row++)
        {
            string[] cells = lines[row].Split(',');
            cells[1 + row % 16] = "?";
            lines[row] = string.Join(',', cells);
        }
        File.WriteAllLines(data, lines);
        return data;
    }

    private sealed class Row
    {
        [Microsoft.ML.Data.VectorType(16)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Named
    {
        public string PredictedClass { get; set; } = "";
    }
}
