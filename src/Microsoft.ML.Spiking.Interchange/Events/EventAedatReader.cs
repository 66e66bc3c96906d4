using System.Buffers.Binary;
using Microsoft.ML.Spiking.Aedat;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Reads AEDAT4 recordings, of each a packet at a time.</summary>
/// <param name="folder">The recordings.</param>
/// <param name="options">How they become rows, with the camera's size.</param>
/// <param name="checksSize">Whether that is what the first recording says, so that all others must say it.</param>
internal sealed class EventAedatReader(EventFolder folder, EventAedatOptions options, bool checksSize) : EventReader
{
    private const int XAt = sizeof(long), YAt = XAt + sizeof(short), PolarityAt = YAt + sizeof(short);

    private readonly EventGrid _grid = new(folder.Shape);
    private readonly AedatPackets _packets = new();

    public override EventCount Count => _grid.Count;

    public override ReadOnlySpan<int> Read(int row)
    {
        string path = folder.PathOf(row);
        _grid.Clear();
        ForeignFile.Read(path, EventAedat.Format, file => Fill(file, path));
        return _grid.Take();
    }

    private long Fill(FileStream file, string path)
    {
        AedatHeader header = AedatHeader.Read(file);
        AedatStream stream = EventAedat.Stream(header, options.Stream, ZstdFrame.Open is not null);
        if (checksSize && (stream.Width != options.Width || stream.Height != options.Height))
        {
            throw Trouble.Foreign.InvalidData($"The camera of '{path}' has {stream.Width} x {stream.Height} pixels, that of '{folder.PathOf(0)}' "
                + $"{options.Width} x {options.Height}; take recordings of one camera, or give {nameof(options.Width)} and "
                + $"{nameof(options.Height)} of the larger.");
        }

        long number = 0, first = 0;
        while (_packets.Next(file, header, stream.Number, out ReadOnlySpan<byte> events))
        {
            for (; !events.IsEmpty; events = events[AedatPackets.EventBytes..], number++)
            {
                long time = BinaryPrimitives.ReadInt64LittleEndian(events);
                if (number == 0) first = time;
                Add(path, number, time, first, BinaryPrimitives.ReadInt16LittleEndian(events[XAt..]), BinaryPrimitives.ReadInt16LittleEndian(events[YAt..]),
                    on: events[PolarityAt] != 0);
            }
        }
        return number;
    }

    private void Add(string path, long number, long time, long first, int x, int y, bool on)
    {
        int width = options.Width!.Value, height = options.Height!.Value;
        if (x < 0 || x >= width || y < 0 || y >= height)
        {
            throw Trouble.Foreign.InvalidData($"Event {number} of '{path}', from 0, is at x {x}, y {y}, outside {width} x {height}; give the camera's "
                + $"{nameof(options.Width)} and {nameof(options.Height)}, or mend the file.");
        }
        if (time < first)
        {
            throw Trouble.Foreign.InvalidData(
                $"Event {number} of '{path}', from 0, is at {time} µs, before the recording's first at {first} µs; mend the file.");
        }

        // The difference of any two of them fits 64 bits without a sign, their ticks do not.
        ulong microseconds = unchecked((ulong)time - (ulong)first);
        _grid.Add(microseconds <= long.MaxValue / TimeSpan.TicksPerMicrosecond ? (long)microseconds * TimeSpan.TicksPerMicrosecond : long.MaxValue,
            ((on ? height : 0) + y) * width + x);
    }
}
