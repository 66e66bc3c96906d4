using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>Reads an image's pixels and writes a report, in an order.</summary>
public static class PixelsAndReport
{
    // Two by two pixels: red, green, blue, white.
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR42mP4z8DAAMIM/4EAAB/uBfvxq7p3AAAAAElFTkSuQmCC";

    /// <returns>The picture's red, 0 to 1.</returns>
    public static float[] Run(string[] order, string model, string report, string folder)
    {
        ArgumentNullException.ThrowIfNull(order);
        var ml = new MLContext(seed: 1);
        float[] red = [];
        foreach (string task in order)
        {
            if (task == "pixels") red = Red(ml, folder);
            else SpikingReport.Save(report, ml.Model.Load(model, out _), ml.Data.LoadFromEnumerable(Stroke.Draw(12, seed: 2)));
        }
        return red;
    }

    private static float[] Red(MLContext ml, string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "picture.png"), Convert.FromBase64String(Picture));
        IDataView files = ml.Data.LoadFromEnumerable([new ImageFile()]);
        var pixels = ml.Transforms.LoadImages("Image", folder, nameof(ImageFile.Path))
            .Append(ml.Transforms.ResizeImages("Image", 2, 2))   // ExtractPixels wants a size known beforehand
            .Append(ml.Transforms.ExtractPixels("Red", "Image", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f));
        return [.. pixels.Fit(files).Transform(files).GetColumn<VBuffer<float>>("Red").Single().DenseValues()];
    }

    private sealed class ImageFile
    {
        public string Path { get; set; } = "picture.png";
    }
}
