using System.IO.Compression;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Images and labels in IDX files.</summary>
internal static class IdxSource
{
    /// <summary>The set of a folder that holds MNIST's files; null where it holds none of them.</summary>
    public static Samples? TryOpenFolder(MLContext ml, string folder, IdxSet set)
    {
        (string images, string labels) = Names(set);
        (string otherImages, string otherLabels) = Names(set is IdxSet.Train ? IdxSet.Test : IdxSet.Train);
        if (new[] { images, labels, otherImages, otherLabels }.All(name => Find(folder, name) is null)) return null;
        return Open(ml, Require(folder, images, set), Require(folder, labels, set));
    }

    /// <summary>Whether a folder holds both files of a set.</summary>
    public static bool HasSet(string folder, IdxSet set)
        => Names(set) is var (images, labels) && Find(folder, images) is not null && Find(folder, labels) is not null;

    public static Samples Open(MLContext ml, string images, string labels) => Describe(ml.Data.LoadFromIdx(images, labels));

    public static Samples Open(MLContext ml, string images) => Describe(ml.Data.LoadFromIdx(images));

    /// <summary>Whether a file, plain or packed, starts as IDX images do.</summary>
    public static bool IsImages(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using Stream file = File.OpenRead(path);
        if (file.ReadAtLeast(start[..2], 2, throwOnEndOfStream: false) < 2) return false;
        bool packed = start[0] == 0x1f && start[1] == 0x8b;
        file.Position = 0;
        using Stream content = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        return content.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual<byte>([0, 0, 8, 3]);
    }

    private static Samples Describe(IDataView view)
    {
        var type = (Microsoft.ML.Data.VectorDataViewType)view.Schema[Samples.Features].Type;
        return new Samples(view, $"{Text.Count(view.GetRowCount() ?? 0)} images of {type.Dimensions[1]} x {type.Dimensions[0]}");
    }

    private static (string Images, string Labels) Names(IdxSet set)
        => set is IdxSet.Train ? ("train-images-idx3-ubyte", "train-labels-idx1-ubyte") : ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private static string Require(string folder, string name, IdxSet set)
        => Find(folder, name) ?? throw Failure.Input($"'{folder}' has no {name} (or {name}.gz), which the {set.ToString().ToLowerInvariant()} set needs.",
            "add the file, or choose the other set with --set.");

    /// <summary>A file in any of its spellings; some mirrors write a dot before "idx".</summary>
    private static string? Find(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, $"{name}.gz", dotted, $"{dotted}.gz" }.Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists);
    }
}
