#:project ../../src/Microsoft.ML.Spiking/Microsoft.ML.Spiking.csproj
#:package Microsoft.ML.ImageAnalytics
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
// Outside this repository, in place of the lines above:
//   #:package Microsoft.ML.Spiking@*-*
//   #:package Microsoft.ML.ImageAnalytics@5.0.1
//   #:property PublishAot=false

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
using SkiaSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.ElementAtOrDefault(0) ?? DrawShapes("shapes", ofEach: 80);
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder '{folder}'. Name one that holds a folder of images for each class, as in `dotnet run OwnImages.cs ~/animals`, or none to have some drawn.");
    return 2;
}

// Data: the name of an image's folder is its class.
string[] endings = [".png", ".jpg", ".jpeg", ".bmp"], foreign = ["__MACOSX", "@eaDir"];
bool IsImage(FileInfo file) => endings.Contains(file.Extension.ToLowerInvariant())
    && !Path.GetRelativePath(folder, file.FullName).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') || foreign.Contains(part));   // .ipynb_checkpoints, ._00.png
FileInfo[] all = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)], files = [.. all.Where(IsImage)];
Console.WriteLine($"{files.Length} images of {string.Join(", ", files.CountBy(ClassOf).Select(group => $"{group.Key} ({group.Value})"))}");
if (files.Length < all.Length) Console.WriteLine($"{all.Length - files.Length} files are passed over, being hidden or no PNG, JPEG or BMP, as {all.Except(files).First().Name}.");

// Every image once, so that a broken one is named before anything is trained.
string[] broken = [.. files.Select(FaultOf).OfType<string>()];
if (broken.Length > 0 || files.Select(ClassOf).Distinct().Count() < 2)
{
    Console.Error.WriteLine(broken.Length > 0 ? string.Join('\n', broken) : $"'{folder}' holds images of fewer than two classes; name one that holds a folder of images for each class.");
    return 2;
}

var ml = new MLContext(seed: 1);
IEnumerable<Picture> pictures = files.Select(file => new Picture { Class = ClassOf(file), Image = Read(file) });
var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(pictures), testFraction: 0.2, seed: 1);

// Pipeline: every image grey and of one size, its pixels from 0 to 1.
const int Side = 28;
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Picture.Class))
    .Append(ml.Transforms.ResizeImages("Image", Side, Side))
    .Append(ml.Transforms.ConvertToGrayscale("Image"))
    .Append(ml.Transforms.ExtractPixels("Features", "Image", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f))
    .AppendCacheCheckpoint(ml)
    .Append(ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
    {
        Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 8, Wiring = new WattsStrogatz { Neighbours = 4 } }] },
        BatchSize = 32,
        Batches = 200,
        Augmentation = new ImageAugmentation { MaximumShift = 2 },
    }))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));

// Fit and look.
var model = pipeline.Fit(split.TrainSet);
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
Console.WriteLine($"{metrics.MicroAccuracy:P1} of the unseen ones are named right.");
ml.Model.Save(model, split.TrainSet.Schema, "images.zip");

// One file, as another program would.
using var engine = ml.Model.CreatePredictionEngine<Picture, Answer>(ml.Model.Load("images.zip", out _));
Answer answer = engine.Predict(new Picture { Image = Read(files[0]) });
Console.WriteLine($"images.zip takes {Path.GetRelativePath(".", files[0].FullName)} for a {answer.PredictedClass}, {answer.Score.Max():P1} sure.");
return 0;

static string ClassOf(FileInfo file) => file.Directory!.Name;

static string? FaultOf(FileInfo file)
{
    try
    {
        using MLImage image = Read(file);
        return null;
    }
    catch (InvalidDataException fault)
    {
        return fault.Message;
    }
}

// An image as a viewer shows it. ML.NET's own LoadImages would give half of it where the file is cut short, and lie it down where the camera was held upright.
static MLImage Read(FileInfo file)
{
    using SKCodec codec = SKCodec.Create(file.FullName) ?? throw new InvalidDataException($"'{Path.GetRelativePath(".", file.FullName)}' cannot be read as an image; mend it, or take it out.");
    int width = codec.Info.Width, height = codec.Info.Height, right = width - 1, bottom = height - 1;
    if (codec.GetPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), out byte[] rgba) != SKCodecResult.Success)
        throw new InvalidDataException($"'{Path.GetRelativePath(".", file.FullName)}' ends early or is damaged; copy it anew, or take it out.");

    // What is transparent is black, but white under ink that is nearly black itself.
    double ink = 0, opaque = 0;
    for (int at = 0; at < rgba.Length; at += 4)
    {
        ink += (0.2126 * rgba[at] + 0.7152 * rgba[at + 1] + 0.0722 * rgba[at + 2]) * rgba[at + 3];
        opaque += rgba[at + 3];
    }
    int paper = opaque > 0 && ink / opaque < 38 ? 255 : 0;

    SKEncodedOrigin held = codec.EncodedOrigin;
    if (held >= SKEncodedOrigin.LeftTop) (width, height) = (height, width);
    byte[] upright = new byte[rgba.Length];
    for (int at = 0; at < width * height; at++)
    {
        var (y, x) = Math.DivRem(at, width);
        (x, y) = held switch
        {
            SKEncodedOrigin.TopRight => (right - x, y),
            SKEncodedOrigin.BottomRight => (right - x, bottom - y),
            SKEncodedOrigin.BottomLeft => (x, bottom - y),
            SKEncodedOrigin.LeftTop => (y, x),
            SKEncodedOrigin.RightTop => (y, bottom - x),
            SKEncodedOrigin.RightBottom => (right - y, bottom - x),
            SKEncodedOrigin.LeftBottom => (right - y, x),
            _ => (x, y),
        };
        int from = 4 * (y * (right + 1) + x);
        for (int colour = 0; colour < 3; colour++) upright[4 * at + colour] = (byte)(paper + (rgba[from + colour] - paper) * rgba[from + 3] / 255);
        upright[4 * at + 3] = 255;
    }
    return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, upright);
}

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

    [ImageType(1, 1)]   // of any size, but ML.NET wants one said
    public MLImage? Image { get; set; }
}

internal sealed class Answer
{
    public string PredictedClass { get; set; } = "";

    public float[] Score { get; set; } = [];
}
