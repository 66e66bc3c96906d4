using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Reads a part of an HDF5 file from its first byte on. All numbers of the structure are little-endian.</summary>
internal ref struct HdfCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length) throw new InvalidDataException("a part of its structure ends too soon.");
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    public void Skip(long count) => Take(count);

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>A size or an address. Those beyond what is positive are nowhere, as undefined ones are.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number of so many bytes.</summary>
    public long Number(int bytes)
    {
        long value = 0;
        ReadOnlySpan<byte> taken = Take(bytes);
        for (int i = taken.Length - 1; i >= 0; i--) value = value << 8 | taken[i];
        return value;
    }

    /// <summary>The mark that a part begins with.</summary>
    public void Expect(ReadOnlySpan<byte> mark, string what)
    {
        if (!Take(mark.Length).SequenceEqual(mark)) throw new InvalidDataException($"{what} is not where the file says.");
    }

    /// <summary>A version that can be read.</summary>
    public byte Version(string what, byte first, byte last)
    {
        byte version = Byte();
        return version >= first && version <= last ? version
            : throw new InvalidDataException($"{what} is of version {version}; versions {first} to {last} are read.");
    }
}
