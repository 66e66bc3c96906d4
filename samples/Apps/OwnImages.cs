#:project ../../src/Microsoft.ML.Spiking.TorchSharp/Microsoft.ML.Spiking.TorchSharp.csproj
#:package Microsoft.ML.ImageAnalytics
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
// Outside this repository, in place of the lines above:
//   #:package Microsoft.ML.Spiking.TorchSharp@0.1.0
//   #:package TorchSharp-cpu@0.107.0
//   #:package Microsoft.ML.ImageAnalytics@5.0.1

// Your own images, a folder for each class: trains on four fifths of them, tests on the rest, names one.
//
//   dotnet run OwnImages.cs [FOLDER OF FOLDERS OF IMAGES]
//
// Without a folder it draws one of circles, squares and triangles, "shapes".

using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;
using Microsoft.ML.Transforms.Image;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.ElementAtOrDefault(0) ?? DrawShapes("shapes", ofEach: 80);
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder '{folder}'. Name one that holds a folder of images for each class, as in `dotnet run OwnImages.cs ~/animals`, or none to have some drawn.");
    return 2;
}

// Data: the name of an image's folder is its class.
string[] endings = [".png", ".jpg", ".jpeg", ".bmp"];
Picture[] pictures = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
    .Where(file => endings.Contains(file.Extension.ToLowerInvariant()))
    .OrderBy(file => file.FullName, StringComparer.Ordinal)
    .Select(file => new Picture { Class = file.Directory!.Name, File = Path.GetFullPath(file.FullName) })];
Console.WriteLine($"{pictures.Length} images of {string.Join(", ", pictures.CountBy(picture => picture.Class).Select(group => $"{group.Key} ({group.Value})"))}");

var ml = new MLContext(seed: 1);
var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(pictures), testFraction: 0.2, seed: 1);

// Pipeline: every image grey and of one size, its pixels from 0 to 1.
const int Side = 28;
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Picture.Class))
    .Append(ml.Transforms.LoadImages("Image", imageFolder: null, nameof(Picture.File)))
    .Append(ml.Transforms.ResizeImages("Image", Side, Side))
    .Append(ml.Transforms.ConvertToGrayscale("Image"))
    .Append(ml.Transforms.ExtractPixels("Features", "Image", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f))
    .AppendCacheCheckpoint(ml)
    .Append(ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
    {
        Columns = 8,
        Wiring = new WattsStrogatz { Neighbours = 4 },
        BatchSize = 32,
        Updates = 200,
        Augmentation = new ShiftAugmentation { MaximumShift = 2 },
    }))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));

// Fit and look.
var model = pipeline.Fit(split.TrainSet);
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
Console.WriteLine($"{metrics.MicroAccuracy:P1} of the unseen ones are named right.");
ml.Model.Save(model, split.TrainSet.Schema, "images.zip");

// One file, as another program would.
using var engine = ml.Model.CreatePredictionEngine<Picture, Answer>(ml.Model.Load("images.zip", out _));
Picture one = pictures[0];
Answer answer = engine.Predict(one);
Console.WriteLine($"images.zip takes {Path.GetRelativePath(".", one.File)} for a {answer.PredictedClass}, {answer.Score.Max():P1} sure.");
return 0;

// Shapes of different places, sizes and greys; the same ones each time.
static string DrawShapes(string folder, int ofEach)
{
    const int Size = 40;
    var random = new Random(1);
    (string Name, Func<Vector2, float> Distance)[] shapes =
    [
        ("circle", p => p.Length()),
        ("square", p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)) * 1.15f),
        ("triangle", p => Math.Max(Math.Abs(p.X) * 1.73f - p.Y * 0.87f, p.Y * 1.3f)),
    ];
    foreach (var (name, distance) in shapes)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        for (int i = 0; i < ofEach; i++)
        {
            var centre = new Vector2(Size / 2 + 8 * random.NextSingle() - 4, Size / 2 + 8 * random.NextSingle() - 4);
            float radius = 7 + 6 * random.NextSingle(), light = 150 + 100 * random.NextSingle();
            byte[] pixels = [.. Enumerable.Range(0, Size * Size).SelectMany(at =>
            {
                var point = new Vector2(at % Size, at / Size) - centre;
                byte grey = (byte)(random.Next(30) + (distance(point) < radius ? light - 30 : 0));
                return (byte[])[grey, grey, grey, 255];
            })];
            using MLImage image = MLImage.CreateFromPixels(Size, Size, MLPixelFormat.Rgba32, pixels);
            image.Save(Path.Combine(folder, name, $"{i:D3}.png"));
        }
    }
    return folder;
}

internal sealed class Picture
{
    public string Class { get; set; } = "";

    public string File { get; set; } = "";
}

internal sealed class Answer
{
    public string PredictedClass { get; set; } = "";

    public float[] Score { get; set; } = [];
}
