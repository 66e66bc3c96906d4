namespace Microsoft.ML.Spiking.Hdf;

/// <summary>The bytes of an HDF5 file, and what reading them may cost: a few times the file itself, whatever it says of its sizes.</summary>
/// <param name="stream">The file, which can be sought in.</param>
internal sealed class HdfBytes(Stream stream)
{
    /// <summary>The address of what is not there.</summary>
    public const long Nowhere = -1;

    // Structure is read once or twice, and a file of nothing but names once for each of them.
    private const long ReadsOfAByte = 16, SpareReads = 1 << 20;

    // What a read costs besides its bytes: an array, and what is made of it.
    private const long CostOfARead = 128;

    // No filter that is known here makes more of a byte than deflate does.
    private const long DeflateRatio = 1032, SpareDecoded = 4 << 20;

    private long _left = SpareReads + ReadsOfAByte * stream.Length;
    private long _leftDecoded = SpareDecoded + DeflateRatio * stream.Length;

    /// <summary>Bytes in the file.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>Bytes of the file.</summary>
    public byte[] At(long address, long count)
        => (_left -= count + CostOfARead) < 0 ? throw new InvalidDataException("its parts lie over one another.") : Again(address, count);

    /// <summary>Bytes of the file that may be read as often as one likes.</summary>
    public byte[] Again(long address, long count)
    {
        if (address < 0 || count < 0 || address > Length - count)
            throw new InvalidDataException($"{count} bytes at address {address} are needed, but the file has {Length}. It is cut short or damaged.");
        byte[] bytes = new byte[count];
        stream.Position = address;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Space for what is made of the file's bytes.</summary>
    public byte[] Room(long count)
    {
        if (count < 0 || count > Array.MaxLength || (_leftDecoded -= count) < 0)
            throw new InvalidDataException($"it says that it holds {count} bytes, which cannot be in a file of {Length}.");
        return new byte[count];
    }
}
