namespace Microsoft.ML.Spiking.Hdf;

/// <summary>How many elements a dataset has along each axis.</summary>
/// <param name="Shape">Empty for a single element.</param>
/// <param name="Count">Elements in all.</param>
internal sealed record HdfSpace(IReadOnlyList<long> Shape, long Count)
{
    private const int MostAxes = 32;

    public static HdfSpace Read(HdfCursor cursor)
    {
        const byte single = 0, simple = 1;
        byte version = cursor.Version("its shape", 1, 2);
        int axes = cursor.Byte();
        cursor.Skip(1);
        byte kind = cursor.Byte();
        if (version == 1) cursor.Skip(4);
        else if (kind > simple) return new HdfSpace([0], 0);
        else if (kind == single && axes > 0) throw new InvalidDataException("its shape is both that of one number and of many.");
        if (axes > MostAxes) throw new InvalidDataException($"it has {axes} axes; {MostAxes} are the most that there can be.");
        long[] shape = new long[axes];
        long count = 1;
        for (int i = 0; i < axes; i++)
        {
            shape[i] = cursor.Int64();
            if (shape[i] < 0 || shape[i] != 0 && count > long.MaxValue / 64 / shape[i])
                throw new InvalidDataException("its shape is larger than any file.");
            count *= shape[i];
        }
        return new HdfSpace(shape, count);
    }
}
