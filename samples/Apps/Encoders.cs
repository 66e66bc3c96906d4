#:project ../../src/Microsoft.ML.Spiking/Microsoft.ML.Spiking.csproj
#:project ../../src/Microsoft.ML.Spiking.Reports/Microsoft.ML.Spiking.Reports.csproj
// Outside this repository, in place of the lines above:
//   #:package Microsoft.ML.Spiking@*-*
//   #:package Microsoft.ML.Spiking.Reports@*-*
//   #:property PublishAot=false

// How an image becomes spikes: one digit as Poisson spikes, and in each of the codes that a network can be trained with, a raster of each.
//
//   dotnet run Encoders.cs [FOLDER OF MNIST] [TRAINING BATCHES OF EACH CODE]

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder = args.ElementAtOrDefault(0) ?? Environment.GetEnvironmentVariable("SPIKING_DATA");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("Which digits? Name a folder with MNIST's four IDX files, as in `dotnet run Encoders.cs ~/mnist`, or set SPIKING_DATA.");
    return 2;
}

// Data.
var ml = new MLContext(seed: 1);
IDataView Load(string set) => ml.Data.LoadFromIdx(Directory.GetFiles(folder, $"{set}-images*")[0], Directory.GetFiles(folder, $"{set}-labels*")[0]);
IDataView train = Load("train"), test = ml.Data.TakeRows(Load("t10k"), 2000), digit = ml.Data.TakeRows(test, 1);
float[] pixels = digit.GetColumn<float[]>("Features").First();

// A pixel's brightness is its chance of a spike in each time step: count for longer, and the digit returns from the noise.
IDataView encoded = ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 50).Fit(digit).Transform(digit);
bool[] spikes = [.. encoded.GetColumn<VBuffer<bool>>("Spikes").First().DenseValues()];
int[] lengths = [1, 8, 50];
Console.WriteLine(string.Concat(lengths.Select(steps => $"{$"after {steps} {(steps == 1 ? "step" : "steps")}",-30}")));
for (int y = 4; y < 28; y += 2)
    Console.WriteLine(string.Concat(lengths.Select(steps => Line(y, steps) + "  ")).TrimEnd());

// Spikes of two rows of pixels, counted over the first steps, of all that there could be.
string Line(int y, int steps) => string.Concat(Enumerable.Range(0, 28).Select(x =>
    " ░▒▓█"[Math.Min(4, (int)(5 * Enumerable.Range(0, steps).Average(t => Spike(t, y, x) + Spike(t, y + 1, x))))]));
int Spike(int step, int y, int x) => spikes[(step * 28 + y) * 28 + x] ? 1 : 0;

// The same digit in each code, through a network that was trained in it a little.
var options = new SpikingNetworkOptions { Batches = int.Parse(args.ElementAtOrDefault(1) ?? "100") };
var network = new SpikingNetwork
{
    TimeSteps = 20,
    EvaluationCode = new TrainingCode(),
    Layers = [new ColumnLayer { Columns = 4, Wiring = new WattsStrogatz { Neighbours = 2 } }],
};
SpikingNetwork Louder(double gain) => network.EachLayer(layer => layer with { ExcitatoryGain = gain, InhibitoryGain = gain });
(string Name, string Meaning, SpikingNetwork Network)[] codes =
[
    ("rate", "a chance of a spike in every step, the brighter the more", network),
    ("sigmoid", "the same for standardised pixels: even black ones spike", network with { Code = new SigmoidCode() }),
    ("latency", "one spike, the brighter the earlier", Louder(3) with { Code = new LatencyCode() }),
    ("top-k", "the brightest tenth of the pixels, in every step", network with { Code = new TopKCode() }),
    ("direct", "no spikes: a steady current, as strong as the pixel is bright", network with { Code = new DirectCode() }),
    ("delta", "the image row by row: a spike where a row differs from that above", Louder(2) with { Code = new DeltaCode() }),
];
Console.WriteLine($"\n{"code",-10}{"events in",10}{"spikes",8}{"accuracy",10}");
foreach (var (name, meaning, code) in codes)
{
    var trained = ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Network = code }).Fit(train);
    double accuracy = ml.MulticlassClassification.Evaluate(trained.Transform(test)).MicroAccuracy;
    SpikeRecording recording = new SpikeRecorder(trained.Model).Record(pixels);
    SpikePictures.Raster(recording).Save($"raster-{name}.svg");
    Console.WriteLine($"{name,-10}{recording.Cost.InputEvents,10}{recording.Cost.Spikes,8}{accuracy,10:P1}  {meaning}");
}
Console.WriteLine("\nThe rasters are in raster-*.svg: each column's neurons over time, the input below them.");
return 0;
