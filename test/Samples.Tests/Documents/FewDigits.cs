using System.IO.Compression;
using Microsoft.ML.Spiking.Samples.Mnist;

namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>A folder with four files that are named as MNIST's and hold few digits, drawn ones: programs of the documents run in it, in seconds and anywhere.</summary>
internal static class FewDigits
{
    public static async Task WriteToAsync(string folder)
    {
        await WriteAsync(folder, MnistFile.TrainImages, MnistFile.TrainLabels, count: 2000, seed: 1);
        await WriteAsync(folder, MnistFile.TestImages, MnistFile.TestLabels, count: 500, seed: 2);
    }

    private static async Task WriteAsync(string folder, MnistFile images, MnistFile labels, int count, int seed)
    {
        var (pixels, values) = DrawnDigits.Draw(count, seed);
        await PackAsync(Path.Combine(folder, images.Name), pixels, count, DrawnDigits.Size, DrawnDigits.Size);
        await PackAsync(Path.Combine(folder, labels.Name), values, count);
    }

    /// <summary>The file twice, plain and packed: documents name either.</summary>
    private static async Task PackAsync(string path, byte[] content, params int[] sizes)
    {
        await IdxFile.WriteAsync(path, content, sizes);
        await using FileStream plain = File.OpenRead(path), packed = File.Create(path + ".gz");
        await using var zip = new GZipStream(packed, CompressionLevel.Fastest);
        await plain.CopyToAsync(zip);
    }
}
