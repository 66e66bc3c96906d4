#:project ../../src/Microsoft.ML.Spiking/Microsoft.ML.Spiking.csproj
// Outside this repository, in place of the line above:
//   #:package Microsoft.ML.Spiking@*-*
//   #:property PublishAot=false

// Which options are better? Cross-validation of a few networks that differ in one thing each, with the spread over the folds.
//
//   dotnet run Compare.cs [FOLDER OF MNIST] [TRAINING BATCHES OF EACH FOLD]

using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Spiking;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder = args.ElementAtOrDefault(0) ?? Environment.GetEnvironmentVariable("SPIKING_DATA");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("Which digits? Name a folder with MNIST's four IDX files, as in `dotnet run Compare.cs ~/mnist`, or set SPIKING_DATA.");
    return 2;
}

// Data.
const int Digits = 6000, Folds = 3;
var ml = new MLContext(seed: 1);
IDataView all = ml.Data.LoadFromIdx(Directory.GetFiles(folder, "train-images*")[0], Directory.GetFiles(folder, "train-labels*")[0]);
IDataView digits = ml.Data.TakeRows(all, Digits);

// What to compare: the default network, and others that differ from it in one thing.
var options = new SpikingNetworkOptions { Batches = int.Parse(args.ElementAtOrDefault(1) ?? "150"), BatchSize = 128, Seed = 1 };
var network = new SpikingNetwork();
(string Name, SpikingNetwork Network)[] candidates =
[
    ("the default network", network),
    ("half the neurons", network.EachLayer(layer => layer with { NeuronsPerColumn = 32 })),
    ("current, not spikes, in", network with { Code = new DirectCode { Gain = 1 } }),
    ("no plasticity", network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null })),
    ("columns left random", network.EachLayer(layer => layer with { Learning = new Reservoir() })),
];

// Fit and look: each network is trained three times, and tested on the third of the digits that it has not seen.
Console.WriteLine($"{Folds}-fold cross-validation on {Digits} digits, {options.Batches} batches of {options.BatchSize} each:\n");
Console.WriteLine($"{"",-26}{"accuracy",9}{"±",7}{"log loss",11}{"seconds",9}");
foreach (var (name, candidate) in candidates)
{
    long start = Stopwatch.GetTimestamp();
    var trainer = ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Network = candidate });
    var folds = ml.MulticlassClassification.CrossValidate(digits, trainer, Folds);
    double[] accuracy = [.. folds.Select(fold => fold.Metrics.MicroAccuracy)];
    double mean = accuracy.Average(), deviation = Math.Sqrt(accuracy.Sum(a => (a - mean) * (a - mean)) / (Folds - 1));
    double logLoss = folds.Average(fold => fold.Metrics.LogLoss), seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine($"{name,-26}{mean,9:P2}{100 * deviation,7:F2}{logLoss,11:F3}{seconds,9:F1}");
}
Console.WriteLine("\n± is the standard deviation over the folds, in points: networks that lie closer than that are not told apart here.");
return 0;
