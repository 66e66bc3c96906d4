using Microsoft.ML.Spiking.Files;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Reads HDF5 files, of the parts of the format that networks and spikes come in.</summary>
/// <remarks>
/// PureHDF reads more, but loses names that are not ASCII, follows links into other files, runs in circles where groups do, and believes sizes.
/// To refuse all that beforehand takes a reader of the whole structure; behind one, only the decoding of numbers would be left to it, by a second reading of
/// the same bytes that could differ from the first. So it writes here, and reads in the tests only, where both are held against each other.
/// </remarks>
internal static class HdfFile
{
    private static readonly byte[] s_signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file. What is read lazily must be read before the end of <paramref name="read"/>.</summary>
    /// <param name="path">The file. No other is ever opened.</param>
    /// <param name="format">What it should be, as in "a NIR file".</param>
    /// <param name="read">Gets the root group.</param>
    /// <exception cref="InvalidDataException">It is no such file, is damaged, or holds what cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened, or read to its end.</exception>
    public static T Read<T>(string path, string format, Func<HdfGroup, T> read) => ForeignFile.Read(path, format, stream => read(Root(stream)));

    /// <summary>The root group of a file.</summary>
    public static HdfGroup Root(Stream stream)
    {
        var bytes = new HdfBytes(stream);
        return new HdfGroup(bytes, "/", RootAddress(bytes), []);
    }

    private static long RootAddress(HdfBytes bytes)
    {
        const int longest = 128;
        var cursor = new HdfCursor(bytes.At(0, Math.Min(longest, bytes.Length)));
        if (cursor.Left < s_signature.Length || !cursor.Take(s_signature.Length).SequenceEqual(s_signature))
            throw new InvalidDataException("it does not begin as HDF5 files do.");
        byte version = cursor.Version("its superblock", 0, 3);
        return version < 2 ? OldRoot(cursor, version) : NewRoot(cursor);
    }

    private static long OldRoot(HdfCursor cursor, byte version)
    {
        cursor.Skip(4);   // versions of other parts
        Sizes(ref cursor);
        cursor.Skip(1 + 2 + 2 + 4 + (version == 1 ? 4 : 0));   // how wide its trees are, flags
        Base(ref cursor);
        cursor.Skip(3 * sizeof(long));   // free space, end, driver
        cursor.Skip(sizeof(long));   // the root has no name
        return cursor.Int64();
    }

    private static long NewRoot(HdfCursor cursor)
    {
        Sizes(ref cursor);
        cursor.Skip(1);
        Base(ref cursor);
        cursor.Skip(2 * sizeof(long));   // extension, end
        return cursor.Int64();
    }

    private static void Sizes(ref HdfCursor cursor)
    {
        byte offsets = cursor.Byte(), lengths = cursor.Byte();
        if (offsets != sizeof(long) || lengths != sizeof(long))
            throw new InvalidDataException($"its addresses have {offsets} bytes and its lengths {lengths}; 8 and 8 are read.");
    }

    private static void Base(ref HdfCursor cursor)
    {
        if (cursor.Int64() is not 0 and var from) throw new InvalidDataException($"its addresses count from {from}; from 0 they are read.");
    }
}
