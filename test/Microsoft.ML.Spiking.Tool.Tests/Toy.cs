using SkiaSharp;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Images of 4 x 4 pixels of two classes: "left" has its left half lit, "right" its right half.</summary>
internal static class Toy
{
    public static ImageSize Size { get; } = new(4, 4);

    public static IReadOnlyList<string> Classes { get; } = ["left", "right"];

    /// <summary>A network that tells them apart without a mistake.</summary>
    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Readout = new Readout { HiddenUnits = 16, Dropout = 0 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 4,
                    NeuronsPerColumn = 16,
                    Wiring = new WattsStrogatz { Neighbours = 2 },
                },
            ],
        },
        Optimiser = new AdamW { LearningRate = 0.02 },
        Batches = 40,
        BatchSize = 16,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    private static readonly Lazy<string> s_model = new(() =>
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Rows(ml, 64);
        string path = Path.Combine(Directory.CreateTempSubdirectory("spiking-tool-model-").FullName, "model.zip");
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(Options).Fit(rows), rows.Schema, path);
        return path;
    });

    /// <summary>The trained network alone in a file, trained once for all tests.</summary>
    public static string Model => s_model.Value;

    /// <summary>The classes in turn, a little darker from row to row.</summary>
    public static IDataView Rows(MLContext ml, int rows)
        => ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row => new ImageRow { Label = (uint)(row % 2), Features = Pixels(row % 2, 1 - row * 0.3f / rows) }).ToArray(), ImageRow.Schema(Size, Classes));

    public static float[] Pixels(int label, float light) => [.. Enumerable.Range(0, Size.Pixels).Select(pixel => pixel % 4 / 2 == label ? light : 0)];

    /// <summary>Writes an image of a class, of any size, as PNG.</summary>
    public static string Draw(string path, int label, int side = 4, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(side, side);
        bitmap.Erase(SKColors.Black);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                if (x * 2 / side == label) bitmap.SetPixel(x, y, SKColors.White);
        using SKData data = bitmap.Encode(format, 100);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }

    /// <summary>A folder of six images, three a class.</summary>
    public static string DrawFolder(string folder)
    {
        for (int i = 0; i < 6; i++) Draw(Path.Combine(folder, Classes[i % 2], $"{i}.png"), i % 2, side: 8);
        return folder;
    }

    /// <summary>A CSV file of 16 pixels and a label a row.</summary>
    public static string WriteCsv(string path, params ReadOnlySpan<string> labels)
    {
        var lines = new List<string> { "label," + string.Join(',', Enumerable.Range(0, Size.Pixels).Select(i => $"p{i}")) };
        foreach (string label in labels) lines.Add($"{label},{string.Join(',', Pixels(label == "right" ? 1 : 0, 1))}");
        File.WriteAllLines(path, lines);
        return path;
    }
}
