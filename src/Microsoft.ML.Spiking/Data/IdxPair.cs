using System.IO.Compression;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>Where a pair of IDX files goes.</summary>
internal sealed class IdxPair
{
    private readonly string[] _paths;

    public IdxPair(string imagesPath, string labelsPath)
    {
        _paths = [Path.GetFullPath(imagesPath), Path.GetFullPath(labelsPath)];
        if (_paths[0] == _paths[1])
            throw Trouble.IdxRows.Argument($"Images and labels are both to go into '{imagesPath}'; give each a file of its own.");

        // Found now, and not when the one file has its name and the other cannot.
        if (_paths.FirstOrDefault(Directory.Exists) is { } folder)
            throw Trouble.IdxRows.IO($"'{folder}' is to be an IDX file, but it is a folder; name a file in it.");
    }

    public void Write(IdxRows rows)
        => WholeFile.WriteAll(_paths, files => Pack(_paths[0], files[0], images => Pack(_paths[1], files[1], labels => rows.WriteTo(images, labels))));

    private static void Pack(string path, Stream file, Action<Stream> write)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            write(file);
            return;
        }

        using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        write(packed);
    }
}
