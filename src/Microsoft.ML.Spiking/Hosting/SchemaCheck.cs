using System.IO.Compression;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>
/// The entry Schema, a binary data view of ML.NET without rows: its reader believes every length and, at the end of the bytes, waits for more. Here each is
/// held against what is there.
/// </summary>
internal sealed class SchemaCheck
{
    private const ulong Signature = 0x00425644004C4D43, TailSignature = 0x434D4C0044564200;
    private const int HeaderBytes = 256, RowsAt = 40, MostDimensions = 64;

    // What its annotations may unpack to, a byte of it.
    private const long Growth = 64, Allowance = 1 << 20;

    private readonly ReadOnlyMemory<byte> _bytes;
    private long _annotations;

    private SchemaCheck(ReadOnlyMemory<byte> bytes) => (_bytes, _annotations) = (bytes, Allowance + Growth * bytes.Length);

    /// <exception cref="InvalidDataException">It is damaged, or has what cannot be checked.</exception>
    public static void Run(ReadOnlyMemory<byte> bytes) => new SchemaCheck(bytes).Run();

    private void Run()
    {
        var reader = new SpanReader(_bytes);
        if (reader.Left < HeaderBytes + sizeof(ulong) || reader.UInt64() != Signature) throw new InvalidDataException("it is no data view.");
        reader.Seek(24);
        (long columnsAt, long tailAt) = (reader.Int64(), reader.Int64());
        if (reader.Int64() != 0) throw new InvalidDataException("it has rows, but a schema has none.");
        int columns = reader.Int32();
        reader.Seek(tailAt);
        if (reader.UInt64() != TailSignature) throw new InvalidDataException("it does not end where its header says.");

        if (columns > 0) reader.Seek(columnsAt);
        for (int i = 0; i < columns; i++)
        {
            _ = reader.Text();
            _ = ReadType(reader);
            CheckCompression(reader.Byte());
            _ = reader.Length();      // rows in a block
            _ = reader.Int64();       // and where blocks are listed
            long annotationsAt = reader.Int64();
            if (annotationsAt != 0) CheckAnnotations(annotationsAt);
        }
    }

    private void CheckAnnotations(long at)
    {
        var reader = new SpanReader(_bytes);
        reader.Seek(at);
        for (long count = reader.Length(); count > 0; count--)
        {
            int start = reader.At;
            _ = reader.Text();
            ColumnType type = ReadType(reader);
            byte compression = reader.Byte();
            CheckCompression(compression);
            (long block, long bytes) = (reader.Int64(), reader.Length());
            var place = new SpanReader(_bytes);
            place.Seek(block);
            _ = place.Bytes(bytes);
            ReadOnlyMemory<byte> packed = _bytes.Slice((int)block, (int)bytes), value = compression == 0 ? packed : Unpack(packed);
            // Several columns may not share one place, and so make many of few bytes.
            _annotations -= value.Length + reader.At - start;
            if (_annotations < 0) throw new InvalidDataException($"its annotations have more than {Growth} times its bytes.");
            CheckValues(new SpanReader(value), type, items: 1);
        }
    }

    private byte[] Unpack(ReadOnlyMemory<byte> packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = deflate.Read(buffer)) > 0;)
        {
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > _annotations) throw new InvalidDataException($"its annotations have more than {Growth} times its bytes.");
        }
        return unpacked.ToArray();
    }

    private static void CheckCompression(byte kind)
    {
        if (kind > 1) throw new InvalidDataException($"it is packed in a way of the number {kind}, but there are none and deflate.");
    }

    private static ColumnType ReadType(SpanReader reader, bool within = false)
    {
        string name = reader.Text();
        long length = reader.Length(), end = reader.At + length;
        if (length > reader.Left) throw new InvalidDataException($"it claims {length} bytes for a type, but {reader.Left} are left.");
        ColumnType type = ReadType(name, reader, within);
        return reader.At == end ? type : throw new InvalidDataException($"its type '{name}' has {reader.At - end + length} bytes, but says {length}.");
    }

    private static ColumnType ReadType(string name, SpanReader reader, bool within)
    {
        if (!within && name == "VBuffer") return ReadVector(reader);
        if (name is "Key2" or "Key")
        {
            ColumnType item = ReadPlain(reader.Text(), reader.Length());
            if (item.ItemBytes is 0 or > 8) throw new InvalidDataException("it has a key of what cannot count.");
            _ = name == "Key2" ? reader.Bytes(sizeof(ulong)) : reader.Bytes(1 + sizeof(ulong) + sizeof(int));
            return item;
        }
        return ReadPlain(name, 0);
    }

    private static ColumnType ReadVector(SpanReader reader)
    {
        ColumnType item = ReadType(reader, within: true);
        int dimensions = reader.Int32();
        if (dimensions is < 0 or > MostDimensions) throw new InvalidDataException($"it has a vector of {dimensions} dimensions.");
        long size = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++)
        {
            int dimension = reader.Int32();
            if (dimension < 0 || (size *= dimension) > int.MaxValue) throw new InvalidDataException("it has a vector of a size that cannot be.");
        }
        return item with { VectorSize = size };
    }

    private static ColumnType ReadPlain(string name, long parameterBytes)
    {
        if (parameterBytes != 0) throw new InvalidDataException($"its type '{name}' has parameters, but takes none.");
        return name switch
        {
            "SByte" or "Byte" => new(name, 1),
            "Int16" or "UInt16" => new(name, 2),
            "Int32" or "UInt32" or "Single" => new(name, 4),
            "Int64" or "UInt64" or "Double" or "TimeSpan" or "DvTimeSpan" or "DateTime" or "DvDateTime" => new(name, 8),
            "DateTimeOffset" or "DvDateTimeZone" => new(name, 10),
            "DataViewRowId" => new(name, 16),
            "TextSpan" or "Boolean" => new(name, 0),
            _ => throw new InvalidDataException($"it has a type '{name}', which cannot be checked."),
        };
    }

    private static void CheckValues(SpanReader reader, ColumnType type, long items)
    {
        if (type.VectorSize is { } size)
        {
            if (reader.Int32() != items) throw new InvalidDataException("it has another number of vectors than it says.");
            long length = reader.Int32();
            if (size > 0 ? length != size : length < 0) throw new InvalidDataException("it has a vector of another size than its type.");
            if (length == 0) length = reader.Int32();
            long count = reader.Int32(), indices = reader.Int32();
            if (length < 0 || count < -1 || count >= 0 && count >= length || indices != Math.Max(count, 0))
                throw new InvalidDataException("it has a vector that cannot be.");
            for (long i = 0, before = -1; i < indices; i++)
            {
                int index = reader.Int32();
                if (index <= before || index >= length) throw new InvalidDataException("it has a sparse vector out of order.");
                before = index;
            }
            CheckValues(reader, type with { VectorSize = null }, count < 0 ? length : count);
        }
        else if (type.Name == "TextSpan") CheckTexts(reader, items);
        else if (type.Name == "Boolean") _ = reader.Bytes((items + 7) / 8);
        else _ = reader.Bytes(items * type.ItemBytes);
    }

    private static void CheckTexts(SpanReader reader, long items)
    {
        if (reader.Int32() != items || items > reader.Left / sizeof(int)) throw new InvalidDataException("it has another number of texts than it says.");
        int last = 0;
        for (long i = 0; i < items; i++)
        {
            int end = reader.Int32() & int.MaxValue;   // the highest bit says that it is missing
            if (end < last) throw new InvalidDataException("its texts end before they begin.");
            last = end;
        }
        if (reader.Text().Length != last) throw new InvalidDataException("its texts are longer than their characters.");
    }

    /// <summary>A column's type as far as its values' bytes tell.</summary>
    /// <param name="Name">Of the type, or of a vector's items.</param>
    /// <param name="ItemBytes">Of each item; 0 where that depends.</param>
    /// <param name="VectorSize">Items of a vector, 0 where vectors differ; null where it is none.</param>
    private sealed record ColumnType(string Name, int ItemBytes, long? VectorSize = null);
}
