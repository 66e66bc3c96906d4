using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Numbers from their bytes.</summary>
internal static class HdfNumbers
{
    // Above it, a double passes integers over.
    private const long LargestExact = 1L << 53;

    public static double[] Doubles(byte[] bytes, HdfType type)
    {
        if (type.Kind == HdfKind.Integer) return Array.ConvertAll(Integers(bytes, type), Exact);
        ToLittleEndian(bytes, type);
        double[] numbers = new double[bytes.Length / type.Size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.AsSpan(i * type.Size);
            numbers[i] = type.Size switch
            {
                2 => (double)BinaryPrimitives.ReadHalfLittleEndian(number),
                4 => BinaryPrimitives.ReadSingleLittleEndian(number),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(number),
            };
        }
        return numbers;
    }

    public static long[] Integers(byte[] bytes, HdfType type)
    {
        ToLittleEndian(bytes, type);
        long[] numbers = new long[bytes.Length / type.Size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.AsSpan(i * type.Size);
            numbers[i] = (type.Size, type.IsSigned) switch
            {
                (1, true) => (sbyte)number[0],
                (1, false) => number[0],
                (2, true) => BinaryPrimitives.ReadInt16LittleEndian(number),
                (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(number),
                (4, true) => BinaryPrimitives.ReadInt32LittleEndian(number),
                (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(number),
                (_, true) => BinaryPrimitives.ReadInt64LittleEndian(number),
                _ when number[7] > sbyte.MaxValue => throw new InvalidDataException("an integer is larger than 2^63."),
                _ => BinaryPrimitives.ReadInt64LittleEndian(number),
            };
        }
        return numbers;
    }

    /// <summary>Of integers of any width, those that are not 0.</summary>
    public static bool[] Booleans(byte[] bytes, int size) => [.. bytes.Chunk(size).Select(number => number.AsSpan().ContainsAnyExcept((byte)0))];

    private static double Exact(long number)
        => number is >= -LargestExact and <= LargestExact ? number : throw new InvalidDataException($"{number} is larger than a float64 holds exactly.");

    private static void ToLittleEndian(byte[] bytes, HdfType type)
    {
        for (int at = 0; type.IsBigEndian && at < bytes.Length; at += type.Size) bytes.AsSpan(at, type.Size).Reverse();
    }
}
