using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>Reads what a <see cref="BinaryWriter"/> wrote, of bytes that anybody may have written: it never reads, nor allocates, beyond their end.</summary>
/// <param name="bytes">All there is.</param>
internal sealed class SpanReader(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where it is.</summary>
    public int At { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public int Left => bytes.Length - At;

    /// <exception cref="InvalidDataException">The place is not within the bytes.</exception>
    public void Seek(long place)
    {
        if (place < 0 || place > bytes.Length) throw new InvalidDataException($"it points to byte {place} of {bytes.Length}.");
        At = (int)place;
    }

    /// <exception cref="InvalidDataException">There are not as many bytes left.</exception>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > Left) throw new InvalidDataException($"it claims {count} bytes at byte {At}, but {Left} are left.");
        ReadOnlySpan<byte> read = bytes.Span.Slice(At, (int)count);
        At += (int)count;
        return read;
    }

    public byte Byte() => Bytes(1)[0];

    /// <exception cref="InvalidDataException">The byte is neither 0 nor 1, or there is none.</exception>
    public bool Boolean() => Byte() is var value && value <= 1 ? value == 1 : throw new InvalidDataException($"it has {value} at byte {At - 1} for yes or no.");

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Bytes(sizeof(float)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    /// <summary>A length, seven bits a byte.</summary>
    /// <exception cref="InvalidDataException">It is longer than any bytes, or cut off.</exception>
    public long Length()
    {
        ulong length = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte part = Byte();
            length |= (part & 0x7FUL) << shift;
            if (part < 0x80) return (long)length;
        }
        throw new InvalidDataException($"it has no length at byte {At}.");
    }

    /// <summary>UTF-8, after its length.</summary>
    /// <exception cref="InvalidDataException">It is cut off, or no UTF-8.</exception>
    public string Text()
    {
        ReadOnlySpan<byte> text = Bytes(Length());
        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException damage)
        {
            throw new InvalidDataException($"it has a text before byte {At} that is no UTF-8.", damage);
        }
    }
}
