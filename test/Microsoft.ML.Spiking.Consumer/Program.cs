using System.Globalization;
using Microsoft.ML;

// Arguments: a model.zip and an IDX file of images. Prints a line an image: the predicted key and the scores; of a model that answers yes or no, the answer, its score and its probability.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
IDataView scored = model.Transform(ml.Data.LoadFromIdx(args[1]));
if (scored.Schema.GetColumnOrNull("Probability") is not null)
    foreach (Answer row in ml.Data.CreateEnumerable<Answer>(scored, reuseRowObject: false))
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.PredictedLabel} {row.Score:R} {row.Probability:R}"));
else
    foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false))
        Console.WriteLine($"{row.PredictedLabel} {string.Join(' ', row.Score.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))}");

internal sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}

internal sealed class Answer
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}
