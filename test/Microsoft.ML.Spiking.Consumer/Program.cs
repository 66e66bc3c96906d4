using System.Globalization;
using Microsoft.ML;

// Arguments: a model.zip and an IDX file of images. Prints a line an image: the predicted key and the scores.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
IDataView scored = model.Transform(ml.Data.LoadFromIdx(args[1]));
foreach (Prediction row in ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false))
    Console.WriteLine($"{row.PredictedLabel} {string.Join(' ', row.Score.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))}");

internal sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}
