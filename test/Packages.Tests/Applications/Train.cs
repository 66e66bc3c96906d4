using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;

// Three classes, each of which lights two inputs of its own.
Row[] rows = [.. Enumerable.Range(0, 24).Select(i => new Row
{
    Class = "abc"[i % 3].ToString(),
    Features = [.. Enumerable.Range(0, 6).Select(input => input / 2 == i % 3 ? 0.7f + 0.01f * i : 0.02f * (i % 7))],
})];

var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromEnumerable(rows);
var options = new SpikingNetworkOptions
{
    Network = new SpikingNetwork
    {
        TimeSteps = 10,
        Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16, Wiring = new WattsStrogatz { Neighbours = 2 } }],
    },
    Optimiser = new AdamW { LearningRate = 0.02 },
    Batches = 30,
    BatchSize = 12,
};
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Class")
    .Append(ml.MulticlassClassification.Trainers.SpikingNetwork(options))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));
ITransformer model = pipeline.Fit(data);
ml.Model.Save(model, data.Schema, args[0]);

foreach (Answer answer in ml.Data.CreateEnumerable<Answer>(model.Transform(data), reuseRowObject: false))
    Console.WriteLine(FormattableString.Invariant($"{answer.Class} {answer.Label} {answer.Score.Max():R}"));

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
