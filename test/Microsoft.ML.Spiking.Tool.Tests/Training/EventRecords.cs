using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Reads TensorBoard's event files as far as their frames go: length, its checksum, bytes, their checksum.</summary>
internal static class EventRecords
{
    /// <summary>The tags of the scalars, in order; every checksum is checked.</summary>
    public static IEnumerable<string> Tags(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        for (int at = 0; at < file.Length;)
        {
            ReadOnlyMemory<byte> length = file.AsMemory(at, 8);
            int bytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(length.Span);
            ReadOnlyMemory<byte> record = file.AsMemory(at + 12, bytes);
            Assert.AreEqual(Masked(length.Span), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.AreEqual(Masked(record.Span), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + bytes)));
            if (Tag(record.Span) is { } tag) yield return tag;
            at += 16 + bytes;
        }
    }

    /// <summary>Event.summary (field 5) . value (1) . tag (1).</summary>
    private static string? Tag(ReadOnlySpan<byte> record)
    {
        for (int at = 9; at < record.Length - 6; at++)
            if (record[at] == 0x2A)
                if (record[at + 2] == 0x0A && record[at + 4] == 0x0A) return Encoding.UTF8.GetString(record.Slice(at + 6, record[at + 5]));
        return null;
    }

    /// <summary>CRC-32C, rotated and shifted as TensorFlow's records have it.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = System.Numerics.BitOperations.Crc32C(crc, b);
        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xA282EAD8;
    }
}
