using Microsoft.ML;
using Microsoft.ML.Data;

// The rows of Train.cs, one at a time.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
var engine = ml.Model.CreatePredictionEngine<Row, Answer>(model);
for (int i = 0; i < 24; i++)
{
    Answer answer = engine.Predict(new Row
    {
        Class = "abc"[i % 3].ToString(),
        Features = [.. Enumerable.Range(0, 6).Select(input => input / 2 == i % 3 ? 0.7f + 0.01f * i : 0.02f * (i % 7))],
    });
    Console.WriteLine(FormattableString.Invariant($"{answer.Class} {answer.Label} {answer.Score.Max():R}"));
}

internal sealed class Row
{
    public string Class { get; set; } = "";

    [VectorType(6)]
    public float[] Features { get; set; } = [];
}

internal sealed class Answer
{
    public string Class { get; set; } = "";

    [ColumnName("PredictedClass")]
    public string Label { get; set; } = "";

    public float[] Score { get; set; } = [];
}
