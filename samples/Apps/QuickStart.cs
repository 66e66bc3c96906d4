#:project ../../src/Microsoft.ML.Spiking/Microsoft.ML.Spiking.csproj
// Outside this repository, in place of the line above:
//   #:package Microsoft.ML.Spiking@*-*
//   #:property PublishAot=false

// Trains a spiking network on handwritten digits, says how good it is, saves model.zip and predicts from it.
//
//   dotnet run QuickStart.cs [FOLDER OF MNIST] [TRAINING BATCHES]

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder = args.ElementAtOrDefault(0) ?? Environment.GetEnvironmentVariable("SPIKING_DATA");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("Which digits? Name a folder with MNIST's four IDX files, as in `dotnet run QuickStart.cs ~/mnist`, or set SPIKING_DATA.");
    return 2;
}

// Data.
var ml = new MLContext(seed: 1);
IDataView Load(string set) => ml.Data.LoadFromIdx(Directory.GetFiles(folder, $"{set}-images*")[0], Directory.GetFiles(folder, $"{set}-labels*")[0]);
IDataView train = Load("train"), test = Load("t10k");

// Pipeline.
ml.Log += (_, e) => { if (e.RawMessage.StartsWith("Epoch", StringComparison.Ordinal)) Console.WriteLine(e.RawMessage); };
var options = new SpikingNetworkOptions { Batches = int.Parse(args.ElementAtOrDefault(1) ?? "469") };
var pipeline = ml.MulticlassClassification.Trainers.SpikingNetwork(options)
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));

// Fit.
var model = pipeline.Fit(train);

// Look.
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
Console.WriteLine($"Of {metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()):F0} digits that it has never seen, the network names {metrics.MicroAccuracy:P2} right.");

// Save, and predict as another program would.
ml.Model.Save(model, train.Schema, "model.zip");
using var engine = ml.Model.CreatePredictionEngine<Image, Prediction>(ml.Model.Load("model.zip", out _));
foreach (Image image in ml.Data.CreateEnumerable<Image>(test, reuseRowObject: false).Take(5))
{
    Prediction prediction = engine.Predict(image);
    Console.WriteLine($"model.zip: a {prediction.PredictedClass}, {prediction.Score.Max():P1} sure");
}
return 0;

internal sealed class Image
{
    [VectorType(28, 28)]
    public float[] Features { get; set; } = [];
}

internal sealed class Prediction
{
    public string PredictedClass { get; set; } = "";

    public float[] Score { get; set; } = [];
}
