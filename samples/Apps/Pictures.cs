#:project ../../src/Microsoft.ML.Spiking.Reports/Microsoft.ML.Spiking.Reports.csproj
// Outside this repository, in place of the line above:
//   #:package Microsoft.ML.Spiking.Reports@*-*
//   #:property PublishAot=false

// Every picture of a trained network, in one line each.
//
//   dotnet run Pictures.cs MODEL.ZIP [FOLDER OF MNIST] [FOLDER OF THE PICTURES]

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? file = args.ElementAtOrDefault(0), folder = args.ElementAtOrDefault(1) ?? Environment.GetEnvironmentVariable("SPIKING_DATA");
if (!File.Exists(file) || !Directory.Exists(folder))
{
    Console.Error.WriteLine("Which network, and which digits? Name a model.zip, as QuickStart.cs saves one, and a folder with MNIST's test digits, "
        + "as in `dotnet run Pictures.cs model.zip ~/mnist`, or set SPIKING_DATA.");
    return 2;
}

// The model, and what it did with the first test digit.
var ml = new MLContext();
ITransformer model = ml.Model.Load(file, out _);
SpikingModel network = SpikingNetworkTransformer.Of(model).Model;
IDataView test = ml.Data.LoadFromIdx(Directory.GetFiles(folder, "t10k-images*")[0], Directory.GetFiles(folder, "t10k-labels*")[0]);
float[] pixels = test.GetColumn<float[]>("Features").First();
SpikeRecording recording = new SpikeRecorder(network).Record(pixels);
LayerRecording layer = recording.Layers[0];
TopologyHistory history = TopologyHistory.Of(network);

// Which neurons to look at: of the membranes one that fires now and then, of the weights those with most shape in them.
var (column, neuron) = Neurons().Where(at => at.Neuron < layer.ExcitatoryNeurons).MinBy(at => Math.Abs(3 - Spikes(at.Column, at.Neuron)));
(int Column, int Neuron)[] shapely = [.. Neurons().OrderByDescending(at => Shape(Weights(at.Column, at.Neuron))).Take(16)];

// What it says of all test digits.
IDataView scored = model.Transform(test);

// The pictures.
(string Name, SvgPicture Picture)[] pictures =
[
    ("training", SpikePictures.Training(network.Training)),
    ("confusion", SpikePictures.Confusion(ml.MulticlassClassification.Evaluate(scored).ConfusionMatrix)),
    ("reliability", SpikePictures.Reliability(ReliabilityDiagram.Measure(scored))),
    ("raster", SpikePictures.Raster(recording)),
    ("membrane", SpikePictures.Membrane(recording, column, neuron)),
    ("rates", SpikePictures.Rates(network)),
    ("ring-start", SpikePictures.Ring(history.Moments[0].Graph)),
    ("ring-end", SpikePictures.Ring(history.Moments[^1].Graph)),
    ("matrix", SpikePictures.Matrix(network)),
    ("topology", SpikePictures.Topology(history)),
    ("fields", SpikePictures.Fields(network, shapely)),
    ("looks", SpikePictures.Looks(pixels, 28, 28,
        ("moved by up to two pixels", new ImageAugmentation()),
        ("turned by up to 15 degrees, stretched by up to 15 %, sheared by up to 0.15", new ImageAugmentation
        {
            MaximumShift = 0, MaximumRotation = 15, MaximumScaling = 0.15, MaximumShear = 0.15,
        }),
        ("elastic", new ImageAugmentation { MaximumShift = 0, Elastic = new ElasticDistortion() }),
        ("mirrored", new ImageAugmentation { MaximumShift = 0, HorizontalFlip = true }))),
];
string output = args.ElementAtOrDefault(2) ?? ".";
foreach (var (name, picture) in pictures)
{
    picture.Save(Path.Combine(output, $"{name}.svg"));
    Console.WriteLine($"{name + ".svg",-16}{picture.Title}");
}
return 0;

IEnumerable<(int Column, int Neuron)> Neurons() =>
    from column in Enumerable.Range(0, layer.Columns) from neuron in Enumerable.Range(0, layer.NeuronsPerColumn) select (column, neuron);

int Spikes(int column, int neuron) => Enumerable.Range(0, recording.Steps).Count(step => layer.Fired(step, column, neuron));

ReadOnlySpan<float> Weights(int column, int neuron)
    => network.Layers[0].InputWeights.AsSpan((column * layer.NeuronsPerColumn + neuron) * layer.InputCount, layer.InputCount);

// Noise differs from pixel to pixel and vanishes in the sums of 3 by 3; a shape stays.
static double Shape(ReadOnlySpan<float> weights)
{
    const int Side = 28;
    double squares = 0;
    for (int y = 1; y < Side - 1; y++)
    {
        for (int x = 1; x < Side - 1; x++)
        {
            double sum = 0;
            for (int at = 0; at < 9; at++) sum += weights[(y - 1 + at / 3) * Side + x - 1 + at % 3];
            squares += sum * sum;
        }
    }
    return squares;
}
