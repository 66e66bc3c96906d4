using System.Buffers.Binary;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>An HDF5 file of spikes, as SHD's are.</summary>
internal sealed class EventHdf5Target : IFuzzTarget
{
    private const int Units = 30;

    private static readonly EventHdf5Options s_options = new() { BinWidth = TimeSpan.FromMilliseconds(10), Steps = 20, Units = Units };

    // Sizes and addresses where they turn.
    private static readonly ulong[] s_words =
        [0, 1, 2, 15, 16, 17, 96, 0xFF, 0xFFFF, 0x10000, int.MaxValue, 0x80000000, uint.MaxValue, 1UL << 40, long.MaxValue, ulong.MaxValue];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-events-").FullName, "spikes.h5");

    public string Name => "events-hdf5";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        ShdFile.Bytes(Rows(i => (Half)(i % 25 / 100f)), Rows(i => (ushort)(i * 7 % Units)), [.. Enumerable.Range(0, 6).Select(row => row % 3)], ["null", "eins", "zwei"]),
        ShdFile.Bytes(Rows(i => i % 25 / 100f), Rows(i => i * 7 % Units), [.. Enumerable.Range(0, 6).Select(row => row % 2)]),
        ShdFile.Bytes(Rows(i => i % 25 / 100.0), Rows(i => (long)(i * 7 % Units)), labels: null),
    ];

    /// <summary>Sizes, addresses and the names of parts.</summary>
    public byte[] Mutate(byte[] file, RandomStream random)
    {
        byte[] mutant = [.. file];
        for (int change = 1 + random.Below(3); change > 0; change--)
        {
            int at = random.Below(mutant.Length - sizeof(ulong));
            switch (random.Below(4))
            {
                case 0:   // an aligned word
                    BinaryPrimitives.WriteUInt64LittleEndian(mutant.AsSpan(at / 8 * 8), s_words[random.Below(s_words.Length)]);
                    break;
                case 1:   // a length of a sequence, or a size
                    BinaryPrimitives.WriteUInt32LittleEndian(mutant.AsSpan(at / 4 * 4), (uint)s_words[random.Below(s_words.Length)]);
                    break;
                case 2:   // an address that is another's
                    mutant.AsSpan(random.Below(mutant.Length - sizeof(ulong)) / 8 * 8, sizeof(ulong)).CopyTo(mutant.AsSpan(at / 8 * 8));
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
        EventRows.Read(new MLContext(seed: 1).Data.LoadFromEventHdf5(_path, s_options));
    }

    public bool IsRefusal(Exception error) => EventRows.IsRefusal(error);

    /// <summary>Six recordings of different lengths, one of them empty.</summary>
    private static T[][] Rows<T>(Func<int, T> value) => [.. Enumerable.Range(0, 6).Select(row => Enumerable.Range(0, row * 5).Select(i => value(i + row)).ToArray())];
}
