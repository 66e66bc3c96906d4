namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A heap of small objects in blocks that double in size, each by its place.</summary>
internal sealed class FractalHeap
{
    private readonly HdfBytes _bytes;
    private readonly int _offsetBytes, _lengthBytes, _width, _rows;
    private readonly long _startBlock, _largestBlock, _root;

    private FractalHeap(HdfBytes bytes, HdfCursor head)
    {
        _bytes = bytes;
        head.Expect("FRHP"u8, "the heap of a group's links");
        head.Version("the heap of a group's links", 0, 0);
        head.Skip(2);
        if (head.UInt16() != 0) throw new InvalidDataException("the heap of a group's links is filtered, which is not read here.");
        head.Skip(1);
        long largestObject = head.UInt32();
        head.Skip(12 * sizeof(long));   // what else is in it, and how much is free
        _width = head.UInt16();
        (_startBlock, _largestBlock) = (head.Int64(), head.Int64());
        _offsetBytes = (head.UInt16() + 7) / 8;
        head.Skip(2);
        _root = head.Int64();
        _rows = head.UInt16();
        if (_width == 0 || _startBlock <= 0 || _largestBlock < _startBlock || _largestBlock > int.MaxValue || _offsetBytes is 0 or > 7)
            throw new InvalidDataException("the heap of a group's links has blocks of no size.");
        _lengthBytes = BytesFor(Math.Min(largestObject, _largestBlock));
    }

    public static FractalHeap Open(HdfBytes bytes, long address) => new(bytes, new HdfCursor(bytes.At(address, 142)));

    /// <summary>The object of an identifier.</summary>
    public byte[] At(ReadOnlySpan<byte> id)
    {
        const int kindBits = 0x30;
        var cursor = new HdfCursor(id);
        if ((cursor.Byte() & kindBits) != 0) throw new InvalidDataException("a link of a group is too long to be read here.");
        long offset = cursor.Number(_offsetBytes), length = cursor.Number(_lengthBytes);
        return _bytes.At(Address(offset), length);
    }

    private long Address(long offset)
    {
        if (_rows == 0) return _root + offset;
        long rowBegin = 0, block = _startBlock;
        for (int row = 0; row < _rows && block <= _largestBlock; row++)
        {
            if (row > 1) block *= 2;
            if (block > _largestBlock) break;
            if (offset < rowBegin + _width * block)
            {
                long index = (long)row * _width + (offset - rowBegin) / block, begin = _root + 5 + sizeof(long) + _offsetBytes;
                long at = new HdfCursor(_bytes.At(begin + index * sizeof(long), sizeof(long))).Int64();
                return at < 0 ? throw new InvalidDataException("a link of a group is in no block.") : at + (offset - rowBegin) % block;
            }
            rowBegin += _width * block;
        }
        throw new InvalidDataException("the names in a group are more than are read here.");
    }

    private static int BytesFor(long most)
    {
        int bytes = 1;
        while (most > byte.MaxValue)
        {
            most >>= 8;
            bytes++;
        }
        return bytes;
    }
}
