using System.IO.Compression;
using System.Security.Cryptography;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>One of MNIST's four files: the name it is published under and the SHA-256 of its unpacked bytes.</summary>
/// <remarks>The hash is of what is inside, so that it holds whoever packed the file: copies of MNIST with other gzip bytes are about.</remarks>
internal sealed record MnistFile(string Name, string Sha256)
{
    public static MnistFile TrainImages { get; } =
        new("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

    public static MnistFile TrainLabels { get; } =
        new("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

    public static MnistFile TestImages { get; } =
        new("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");

    public static MnistFile TestLabels { get; } =
        new("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    public static IReadOnlyList<MnistFile> All { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The name that mirrors serve it under.</summary>
    public string PackedName => $"{Name}.gz";

    /// <summary>The names that this file goes by; some mirrors write a dot before "idx".</summary>
    public IEnumerable<string> Spellings
    {
        get
        {
            string dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
            return [Name, PackedName, dotted, $"{dotted}.gz"];
        }
    }

    /// <summary>Whether the file at this path holds, once unpacked, exactly what was published.</summary>
    public async Task<bool> IsGenuineAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using Stream file = File.OpenRead(path);
            await using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file;
            byte[] hash = await SHA256.HashDataAsync(content, cancel);
            return Convert.ToHexStringLower(hash) == Sha256;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Not gzip at all, broken off in the middle, or not for this user to read: of no use here.
            return false;
        }
    }
}
