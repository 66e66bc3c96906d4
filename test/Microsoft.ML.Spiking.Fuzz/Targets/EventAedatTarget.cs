using System.Buffers.Binary;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>An AEDAT4 recording, as iniVation's DV writes them.</summary>
internal sealed class EventAedatTarget : IFuzzTarget
{
    private const int Width = 6, Height = 5;

    private static readonly EventAedatOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(10), Steps = 20 };

    // Sizes, offsets and times where they turn.
    private static readonly ulong[] s_words =
        [0, 1, 2, 4, 8, 15, 16, 24, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, int.MaxValue, 0x80000000, 0xFFFFFFF8, uint.MaxValue, 1UL << 40, long.MaxValue, ulong.MaxValue];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-events-").FullName, "recording.aedat4");

    public string Name => "events-aedat4";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        AedatFile.Recording(AedatFile.None, pack: null, Width, Height, perPacket: 7, Events(30)),
        AedatFile.Recording(AedatFile.Lz4, AedatPackings.Lz4, Width, Height, perPacket: 100, Events(300)),
        AedatFile.Recording(AedatFile.Zstd, AedatPackings.Zstd, Width, Height, perPacket: 100, Events(150)),
        AedatFile.Bytes(AedatFile.None, AedatFile.Info((0, "FRME", Width, Height), (1, "EVTS", Width, Height), (2, "IMUS", 0, 0)), pack: null, indexed: false,
            (0, AedatFile.Other("FRME", 60), 1), (1, AedatFile.Events(Events(9)), 9), (2, AedatFile.Other("IMUS", 20), 1), (1, AedatFile.Events(), 0)),
    ];

    /// <summary>Sizes, offsets, and the text of the header.</summary>
    public byte[] Mutate(byte[] file, RandomStream random)
    {
        byte[] mutant = [.. file];
        for (int change = 1 + random.Below(3); change > 0; change--)
        {
            int at = random.Below(mutant.Length - sizeof(ulong));
            ulong word = s_words[random.Below(s_words.Length)];
            switch (random.Below(5))
            {
                case 0:
                    BinaryPrimitives.WriteUInt64LittleEndian(mutant.AsSpan(at), word);
                    break;
                case 1:
                    BinaryPrimitives.WriteUInt32LittleEndian(mutant.AsSpan(at), (uint)word);
                    break;
                case 2:   // a vtable's
                    BinaryPrimitives.WriteUInt16LittleEndian(mutant.AsSpan(at), (ushort)word);
                    break;
                case 3:   // a number of the header's text
                    int digit = Array.FindIndex(mutant, at, letter => letter is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0) mutant[digit] = (byte)('0' + random.Below(10));
                    break;
                default:
                    mutant[at] ^= (byte)(1 << random.Below(8));
                    break;
            }
        }
        return mutant;
    }

    public void Open(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        EventRows.Read(new MLContext(seed: 1).Data.LoadFromEventAedat(_path, s_options));
    }

    public bool IsRefusal(Exception error) => EventRows.IsRefusal(error);

    private static (long, int, int, bool)[] Events(int count)
        => [.. Enumerable.Range(0, count).Select(i => (1_700_000_000_000_000 + i * 613L, i % Width, i / 2 % Height, i % 3 == 0))];
}
