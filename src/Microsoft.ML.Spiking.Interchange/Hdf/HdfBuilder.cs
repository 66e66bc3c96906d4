using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A group that is to be written, by PureHDF. The same content makes the same bytes.</summary>
internal sealed class HdfBuilder
{
    // Larger ones go in pieces of at most so many along an axis, each packed of its own.
    private const uint LargestChunkAxis = 1024;

    private readonly H5Group _group;

    public HdfBuilder() : this(new H5File())
    {
    }

    private HdfBuilder(H5Group group) => _group = group;

    /// <summary>A new group in it.</summary>
    public HdfBuilder Group(string name)
    {
        var group = new H5Group();
        _group.Add(name, group);
        return new HdfBuilder(group);
    }

    public void Add(string name, string text) => _group.Add(name, Own(text));

    public void Add(string name, double number) => _group.Add(name, Own(number));

    public void Add(string name, long number) => _group.Add(name, Own(number));

    public void Add(string name, bool truth) => _group.Add(name, Own(truth ? HdfTruth.TRUE : HdfTruth.FALSE));

    /// <summary>Numbers or texts of a shape.</summary>
    public void Add<T>(string name, T[] values, IReadOnlyList<long> shape)
    {
        ulong[] axes = [.. shape.Select(axis => (ulong)axis)];
        _group.Add(name, values is string[] || values.Length == 0 ? new H5Dataset(values, fileDims: axes)
            : new H5Dataset(values, chunks: [.. shape.Select(axis => (uint)Math.Min(axis, LargestChunkAxis))], fileDims: axes,
                datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id])));
    }

    /// <summary>Writes the file of which this is the root group.</summary>
    public void Write(Stream stream)
    {
        // PureHDF goes back and forth, and closes what it wrote to.
        using var bytes = new MemoryStream();
        ((H5File)_group).Write(bytes);
        stream.Write(bytes.ToArray());
    }

    /// <summary>A dataset of its own: values that are the same object PureHDF would write once, with two names.</summary>
    private static H5Dataset Own(object value) => new(value);
}
