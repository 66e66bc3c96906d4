using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>The sum that a zip has of each entry (CRC-32 of ISO 3309), eight bytes at a time.</summary>
internal static class Crc32
{
    private const int Ways = 8;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[][] s_tables = Tables();

    /// <summary>The sum of what came before, 0 at the beginning, and of these bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint sum, ReadOnlySpan<byte> bytes)
    {
        uint[] t0 = s_tables[0], t1 = s_tables[1], t2 = s_tables[2], t3 = s_tables[3], t4 = s_tables[4], t5 = s_tables[5], t6 = s_tables[6], t7 = s_tables[7];
        uint state = ~sum;
        for (; bytes.Length >= Ways; bytes = bytes[Ways..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = t7[low & 0xFF] ^ t6[low >> 8 & 0xFF] ^ t5[low >> 16 & 0xFF] ^ t4[low >> 24]
                ^ t3[high & 0xFF] ^ t2[high >> 8 & 0xFF] ^ t1[high >> 16 & 0xFF] ^ t0[high >> 24];
        }
        foreach (byte value in bytes) state = t0[(state ^ value) & 0xFF] ^ state >> 8;
        return ~state;
    }

    private static uint[][] Tables()
    {
        var tables = new uint[Ways][];
        for (int way = 0; way < Ways; way++)
        {
            tables[way] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                uint sum = way == 0 ? value : tables[way - 1][value];
                for (int bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? sum >> 1 ^ Polynomial : sum >> 1;
                tables[way][value] = sum;
            }
        }
        return tables;
    }
}
