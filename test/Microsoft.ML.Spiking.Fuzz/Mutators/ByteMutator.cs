using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>Damages bytes, whatever they mean.</summary>
internal static class ByteMutator
{
    private const int Rounds = 4, MostInserted = 16;

    private static readonly long[] s_interesting =
    [
        0, 1, -1, 2, 16, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1000, 1024, 4096, 32767, 32768, 65535, 65536, 100_000_000, int.MaxValue, int.MinValue,
        uint.MaxValue, (long)int.MaxValue + 1, long.MaxValue, long.MinValue,
    ];

    // NaN, infinities, the largest, the smallest and a tiny one, as bits.
    private static readonly uint[] s_floats = [0x7FC00000, 0x7F800000, 0xFF800000, 0x7F7FFFFF, 0xFF7FFFFF, 0x00000001, 0x80000000];

    /// <summary>Damages a file in one to some places.</summary>
    /// <param name="file">Is not changed.</param>
    /// <param name="others">What is spliced in comes from these.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Mutate(byte[] file, IReadOnlyList<byte[]> others, RandomStream random)
    {
        byte[] mutant = [.. file];
        for (int round = random.Below(2) == 0 ? 1 : 1 + random.Below(Rounds); round > 0; round--)
            mutant = mutant.Length == 0 ? Random(1 + random.Below(MostInserted), random) : Once(mutant, others, random);
        return mutant;
    }

    private static byte[] Once(byte[] file, IReadOnlyList<byte[]> others, RandomStream random)
    {
        int at = random.Below(file.Length), length = 1 + random.Below(Math.Min(file.Length - at, 64));
        switch (random.Below(10))
        {
            case 0 or 1:
                file[at] ^= (byte)(1 << random.Below(8));
                return file;
            case 2:
                file[at] = (byte)random.Below(256);
                return file;
            case 3:
                return [.. file[..at], .. Random(1 + random.Below(MostInserted), random), .. file[at..]];
            case 4:
                return [.. file[..at], .. file[(at + length)..]];
            case 5:
                return [.. file[..(at + length)], .. file[at..]];
            case 6:
                return file[..at];
            case 7:
                byte[] other = others[random.Below(others.Count)];
                if (other.Length == 0) return file;
                int from = random.Below(other.Length);
                return [.. file[..at], .. other[from..Math.Min(other.Length, from + length)], .. file[Math.Min(file.Length, at + length)..]];
            case 8:
                Put(file.AsSpan(at), s_interesting[random.Below(s_interesting.Length)], 1 << random.Below(4), random.Below(4) == 0);
                return file;
            default:
                Put(file.AsSpan(at / 4 * 4), s_floats[random.Below(s_floats.Length)], sizeof(uint), backwards: false);
                return file;
        }
    }

    private static void Put(Span<byte> place, long value, int size, bool backwards)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes = bytes[..Math.Min(size, place.Length)];
        if (backwards) bytes.Reverse();
        bytes.CopyTo(place);
    }

    private static byte[] Random(int count, RandomStream random)
    {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte)random.Below(256);
        return bytes;
    }
}
