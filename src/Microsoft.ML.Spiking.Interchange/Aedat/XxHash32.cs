using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.ML.Spiking.Aedat;

/// <summary>xxHash of 32 bits with the seed 0: the checksum of LZ4's frames.</summary>
internal static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1, Prime2 = 0x85EBCA77, Prime3 = 0xC2B2AE3D, Prime4 = 0x27D4EB2F, Prime5 = 0x165667B1;

    private const int StripeBytes = 16;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = Prime5;
        ReadOnlySpan<byte> rest = bytes;
        if (bytes.Length >= StripeBytes)
        {
            uint a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
            for (; rest.Length >= StripeBytes; rest = rest[StripeBytes..])
                (a, b, c, d) = (Round(a, rest), Round(b, rest[4..]), Round(c, rest[8..]), Round(d, rest[12..]));
            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }
        hash += (uint)bytes.Length;
        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3, 17) * Prime4;
        foreach (byte letter in rest) hash = BitOperations.RotateLeft(hash + letter * Prime5, 11) * Prime1;
        hash = (hash ^ hash >> 15) * Prime2;
        hash = (hash ^ hash >> 13) * Prime3;
        return hash ^ hash >> 16;
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> bytes)
        => BitOperations.RotateLeft(lane + BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime2, 13) * Prime1;
}
