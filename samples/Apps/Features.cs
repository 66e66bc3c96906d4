#:project ../../src/Microsoft.ML.Spiking/Microsoft.ML.Spiking.csproj
// Outside this repository, in place of the line above:
//   #:package Microsoft.ML.Spiking@*-*
//   #:property PublishAot=false

// Spiking columns in front of another trainer: what a linear classifier makes of the pixels, of random columns' spike rates, and of a trained network's.
//
//   dotnet run Features.cs [FOLDER OF MNIST] [TRAINING DIGITS]

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Spiking;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder = args.ElementAtOrDefault(0) ?? Environment.GetEnvironmentVariable("SPIKING_DATA");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("Which digits? Name a folder with MNIST's four IDX files, as in `dotnet run Features.cs ~/mnist`, or set SPIKING_DATA.");
    return 2;
}

// Data: few digits, since that is where features count.
int digits = int.Parse(args.ElementAtOrDefault(1) ?? "5000");
var ml = new MLContext(seed: 1);
IDataView Load(string set) => ml.Data.LoadFromIdx(Directory.GetFiles(folder, $"{set}-images*")[0], Directory.GetFiles(folder, $"{set}-labels*")[0]);
IDataView train = ml.Data.TakeRows(Load("train"), digits), test = Load("t10k");

// Pipelines: the trainer is the same, what it reads is not.
var network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 8, Wiring = new WattsStrogatz { Neighbours = 4 } }] };
var options = new SpikingNetworkOptions { Network = network, Batches = Math.Min(400, digits / 16) };
SpikingModel trained = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(train).Model;
(string Name, IEstimator<ITransformer> Features)[] contenders =
[
    ("pixels", ml.Transforms.CopyColumns("Rates", "Features")),
    ("random columns", ml.Transforms.SpikingFeatures("Rates", "Features", network)),
    ("trained columns", ml.Transforms.SpikingFeatures("Rates", "Features", trained)),
];

// Fit and look.
Console.WriteLine($"SdcaMaximumEntropy after {digits} digits, on {test.GetRowCount()} unseen ones:\n");
Console.WriteLine($"{"what it reads",-18}{"accuracy",10}{"log loss",10}");
foreach (var (name, features) in contenders)
{
    var pipeline = features
        .AppendCacheCheckpoint(ml)
        .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: "Rates", maximumNumberOfIterations: 20));
    var metrics = ml.MulticlassClassification.Evaluate(pipeline.Fit(train).Transform(test));
    Console.WriteLine($"{name,-18}{metrics.MicroAccuracy,10:P2}{metrics.LogLoss,10:F3}");
}
return 0;
