namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Sequences of numbers, one a row, each read from the file when it is asked for.</summary>
internal sealed class HdfSequences
{
    private readonly string _path;
    private readonly HdfType _element;
    private readonly byte[] _references;
    private readonly GlobalHeap _heap;

    internal HdfSequences(HdfBytes bytes, string path, HdfType element, byte[] references)
    {
        (_path, _element, _references, _heap) = (path, element, references, new GlobalHeap(bytes));
        _heap.Check(references, element.Size);
    }

    /// <summary>Rows.</summary>
    public int Count => _references.Length / HdfType.ReferenceBytes;

    /// <summary>What the numbers are in the file.</summary>
    public HdfType Element => _element;

    /// <summary>The numbers of a row, exactly.</summary>
    public double[] this[int row] => HdfGroup.Within($"{_path}[{row}]", () => HdfNumbers.Doubles(Read(row), _element));

    private byte[] Read(int row)
    {
        var cursor = new HdfCursor(_references.AsSpan(row * HdfType.ReferenceBytes, HdfType.ReferenceBytes));
        long length = cursor.UInt32(), collection = cursor.Int64();
        return length == 0 ? [] : _heap.At(collection, cursor.UInt32(), length * _element.Size);
    }
}
