using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>An IDX file whose header was found good; what it holds is read anew by every reader.</summary>
internal sealed record IdxFile(string Path, IdxHeader Header)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public static IdxFile Open(string path, IdxKind kind)
    {
        using var reader = new IdxReader(path, kind);
        return new IdxFile(System.IO.Path.GetFullPath(path), reader.Header);
    }

    public IdxReader Read()
    {
        var reader = new IdxReader(Path, Header.Kind);
        if (reader.Header == Header)
            return reader;

        reader.Dispose();
        throw Changed($"it held {Header} and now holds {reader.Header}");
    }

    public void RequireSameCountAs(IdxFile labels)
    {
        if (labels.Header.Count != Header.Count)
        {
            throw Trouble.Idx.InvalidData($"'{Name}' holds {Header}, but '{labels.Name}' {labels.Header}; there must be one label for every image. "
                + "Are the two files of the same set?");
        }
    }

    public InvalidDataException Changed(string how) => new($"'{Name}' has changed since it was loaded: {how}. Load it again.");
}
