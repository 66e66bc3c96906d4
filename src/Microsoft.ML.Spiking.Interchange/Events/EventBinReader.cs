using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>
/// Reads .bin recordings, as N-MNIST and N-Caltech101 have them: five bytes an event, x, y, and 24 bits of which the first is the polarity and the others
/// the time in microseconds.
/// </summary>
internal sealed class EventBinReader(EventFolder folder, EventFolderOptions options) : EventReader
{
    public const string Extension = ".bin";

    /// <summary>The y of what is no event, but says that the camera's timer began again.</summary>
    public const int TimerOverflow = 240;

    private const int EventBytes = 5, BufferedEvents = 1 << 13;
    private const byte Polarity = 0x80;

    // What that timer counts to before.
    private const long OverflowMicroseconds = 1 << 13;

    private readonly EventGrid _grid = new(folder.Shape);
    private readonly byte[] _buffer = new byte[EventBytes * BufferedEvents];

    public override EventCount Count => _grid.Count;

    public override ReadOnlySpan<int> Read(int row)
    {
        string path = folder.PathOf(row);
        _grid.Clear();
        ForeignFile.Read(path, "a .bin recording of events", stream => Fill(stream, path));
        return _grid.Take();
    }

    private long Fill(FileStream stream, string path)
    {
        if (stream.Length == 0 || stream.Length % EventBytes != 0)
        {
            throw Trouble.Foreign.InvalidData(
                $"'{path}' has {stream.Length} bytes, but a recording has {EventBytes} for each event; fetch it again, or take it out.");
        }

        long number = 0, carry = 0;
        for (int bytes; (bytes = stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            for (int at = 0; at + EventBytes <= bytes; at += EventBytes, number++)
            {
                int x = _buffer[at], y = _buffer[at + 1], high = _buffer[at + 2];
                if (y == TimerOverflow) carry += OverflowMicroseconds;
                else Add(path, number, x, y, on: (high & Polarity) != 0, carry + ((high & ~Polarity) << 16 | _buffer[at + 3] << 8 | _buffer[at + 4]));
            }
        }
        return number;
    }

    private void Add(string path, long number, int x, int y, bool on, long microseconds)
    {
        if (x >= options.Width || y >= options.Height)
        {
            throw Trouble.Foreign.InvalidData($"Event {number} of '{path}', from 0, is at x {x}, y {y}, outside {options.Width} x {options.Height}; give the "
                + $"camera's {nameof(options.Width)} and {nameof(options.Height)}, or mend the file.");
        }

        _grid.Add(microseconds * TimeSpan.TicksPerMicrosecond, ((on ? options.Height : 0) + y) * options.Width + x);
    }
}
