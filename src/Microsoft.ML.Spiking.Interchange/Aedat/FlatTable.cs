using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>A table of a flatbuffer, read where it lies; no offset of it is believed.</summary>
/// <remarks>
/// A buffer begins with the offset of its root table. A table begins with the distance back to its vtable, and that holds, after two sizes of 16 bits, where
/// each field lies within the table; 0 for one that is not there. Texts and vectors lie elsewhere: the field has the distance to them, and they begin with
/// their length.
/// </remarks>
internal readonly ref struct FlatTable
{
    private const int OffsetBytes = sizeof(uint), EntryBytes = sizeof(ushort), HeadEntries = 2, IdentifierBytes = 4;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _buffer, _entries;
    private readonly int _table;

    /// <summary>The root table.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public FlatTable(ReadOnlySpan<byte> buffer)
    {
        _buffer = buffer;
        _table = Follow(0);
        long vtable = _table - (long)BinaryPrimitives.ReadInt32LittleEndian(At(_table, sizeof(int)));
        int bytes = BinaryPrimitives.ReadUInt16LittleEndian(At(vtable, EntryBytes));
        _entries = At(vtable, bytes);
        if (bytes < HeadEntries * EntryBytes) throw Damaged();
    }

    /// <summary>Whether a buffer says that it is of a type.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="identifier">The type's four letters.</param>
    public static bool Is(ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> identifier)
        => buffer.Length >= OffsetBytes + IdentifierBytes && buffer.Slice(OffsetBytes, IdentifierBytes).SequenceEqual(identifier);

    /// <param name="field">Its number in the schema, from 0.</param>
    /// <param name="otherwise">Where it is not there.</param>
    public int Int32(int field, int otherwise) => Place(field) is > 0 and var at ? BinaryPrimitives.ReadInt32LittleEndian(At(at, sizeof(int))) : otherwise;

    /// <param name="field">Its number in the schema, from 0.</param>
    /// <param name="otherwise">Where it is not there.</param>
    public long Int64(int field, long otherwise) => Place(field) is > 0 and var at ? BinaryPrimitives.ReadInt64LittleEndian(At(at, sizeof(long))) : otherwise;

    /// <summary>A text; empty where it is not there.</summary>
    /// <param name="field">Its number in the schema, from 0.</param>
    public string Text(int field) => s_utf8.GetString(Vector(field, elementBytes: 1));

    /// <summary>The bytes of a vector of numbers or structs; none where it is not there.</summary>
    /// <param name="field">Its number in the schema, from 0.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    public ReadOnlySpan<byte> Vector(int field, int elementBytes)
    {
        int at = Place(field);
        if (at == 0) return [];
        int vector = Follow(at);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(At(vector, OffsetBytes));
        return At(vector + OffsetBytes, length * elementBytes);
    }

    /// <summary>Where a field lies in the buffer; 0 where it is not there.</summary>
    private int Place(int field)
    {
        int entry = (HeadEntries + field) * EntryBytes;
        if (entry + EntryBytes > _entries.Length) return 0;
        int within = BinaryPrimitives.ReadUInt16LittleEndian(_entries[entry..]);
        return within == 0 ? 0 : _table + within;
    }

    /// <summary>The place that an offset leads to.</summary>
    private int Follow(int at)
    {
        long place = at + (long)BinaryPrimitives.ReadUInt32LittleEndian(At(at, OffsetBytes));
        return place < _buffer.Length ? (int)place : throw Damaged();
    }

    private ReadOnlySpan<byte> At(long place, long bytes)
        => place >= 0 && bytes <= _buffer.Length - place ? _buffer.Slice((int)place, (int)bytes) : throw Damaged();

    private static InvalidDataException Damaged() => new("an offset or a length in a flatbuffer leads out of it.");
}
