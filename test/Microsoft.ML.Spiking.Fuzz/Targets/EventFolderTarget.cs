namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>A .bin recording, as N-MNIST has them.</summary>
internal sealed class EventFolderTarget : IFuzzTarget
{
    private const int EventBytes = 5, Width = 6, Height = 5;

    private static readonly EventFolderOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(10), Steps = 20, Width = Width, Height = Height };

    // A folder of its own for each: tests run side by side.
    private readonly string _folder = Directory.CreateTempSubdirectory("spiking-fuzz-events-").FullName;

    public string Name => "events-folder";

    public IReadOnlyList<byte[]> Seeds { get; } = [Recording(40, overflowEvery: 0), Recording(200, overflowEvery: 9), Recording(1, overflowEvery: 0)];

    /// <summary>Whole events come, go, and are said to be where there is no pixel or no time.</summary>
    public byte[] Mutate(byte[] file, RandomStream random)
    {
        var events = new List<byte[]>(file.Chunk(EventBytes));
        for (int change = 1 + random.Below(4); change > 0 && events.Count > 0; change--)
        {
            int at = random.Below(events.Count);
            switch (random.Below(5))
            {
                case 0:
                    events.RemoveRange(at, 1 + random.Below(events.Count - at));
                    break;
                case 1:
                    events.InsertRange(at, events[..(1 + random.Below(events.Count))]);
                    break;
                case 2:   // the timer begins again, many times
                    events.InsertRange(at, Enumerable.Repeat<byte[]>([0, 240, 0, 0, 0], 1 + random.Below(1000)));
                    break;
                case 3:
                    events[at] = [(byte)random.Below(Width + 1), (byte)random.Below(Height + 1), .. events[at][2..]];
                    break;
                default:
                    events[at] = [.. events[at][..2], 0xFF, 0xFF, 0xFF];
                    break;
            }
        }
        return [.. events.SelectMany(e => e)];
    }

    public void Open(byte[] file)
    {
        string recording = Path.Combine(_folder, "0", "a.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(recording)!);
        File.WriteAllBytes(recording, file);
        EventRows.Read(new MLContext(seed: 1).Data.LoadFromEventFolder(_folder, s_options));
    }

    public bool IsRefusal(Exception error) => EventRows.IsRefusal(error);

    private static byte[] Recording(int events, int overflowEvery) => [.. Enumerable.Range(0, events).SelectMany(i => overflowEvery > 0 && i % overflowEvery == 0
        ? (byte[])[0, 240, 0, 0, 0]
        : [(byte)(i % Width), (byte)(i / 2 % Height), (byte)(i % 2 * 128 + i % 3), (byte)(i * 7), (byte)(i * 13)])];
}
