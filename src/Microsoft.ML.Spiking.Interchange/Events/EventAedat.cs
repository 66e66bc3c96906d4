using Microsoft.ML.Spiking.Aedat;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>AEDAT4 recordings: which of their streams is read, and how large the camera is.</summary>
internal static class EventAedat
{
    public const string Extension = ".aedat4", Format = "an AEDAT4 file";

    // A header that says more is rather damaged than of a camera; one who has such a camera can say so.
    private const int MostSide = 2048;

    /// <param name="path">A folder of recordings, or one recording.</param>
    /// <param name="options">How recordings become rows.</param>
    /// <param name="warn">Is told what is passed over.</param>
    public static EventFolder Open(string path, EventAedatOptions options, Action<string> warn)
    {
        RecordingFiles files = File.Exists(path) ? RecordingFiles.Of(path) : RecordingFiles.In(path, Extension, example: "", warn);
        string first = files.PathOf(0);
        AedatStream events = ForeignFile.Read(first, Format, file =>
        {
            AedatHeader header = AedatHeader.Read(file);
            AedatStream chosen = Stream(header, options.Stream, ZstdFrame.Open is not null);
            if (header.Streams.Where(stream => stream.Number != chosen.Number).ToArray() is [_, ..] others)
                warn($"'{first}': besides stream {chosen.Number}, of events, {string.Join(", ", others.Select(stream => stream.ToString()))} "
                    + $"{(others.Length == 1 ? "is" : "are")} passed over{(files.Files.Count > 1 ? "; so is what other recordings have" : "")}.");
            return chosen with { Width = options.Width ?? Side(chosen.Width, chosen), Height = options.Height ?? Side(chosen.Height, chosen) };
        });
        EventAedatOptions sized = options with { Width = events.Width, Height = events.Height };
        sized.Check();
        return new EventFolder(path, files, sized, folder => new EventAedatReader(folder, sized, checksSize: options.Width is null || options.Height is null));
    }

    /// <summary>The stream of events that is to be read.</summary>
    /// <param name="header">What the file says.</param>
    /// <param name="stated">Which stream the user wants; null for the only one.</param>
    /// <param name="unpacksZstd">Whether the application can unpack Zstandard.</param>
    /// <exception cref="InvalidDataException">It is not there, or there are several, or nothing unpacks them.</exception>
    public static AedatStream Stream(AedatHeader header, int? stated, bool unpacksZstd)
    {
        if (header.Packing is AedatPacking.Zstd or AedatPacking.ZstdHigh && !unpacksZstd)
        {
            throw new InvalidDataException($"its packets are packed by Zstandard, which .NET itself does not read; give the application the package "
                + $"{ZstdFrame.Package}, or save the recording again with LZ4.");
        }
        AedatStream[] events = [.. header.Streams.Where(stream => stream.Type == AedatStream.Events)];
        if (stated is { } number)
        {
            return header.Streams.FirstOrDefault(stream => stream.Number == number) switch
            {
                { Type: AedatStream.Events } stream => stream,
                { } other => throw new InvalidDataException($"its stream {other} has no events{Told(events)}."),
                null when header.Streams.Count == 0 => Undescribed(number),
                null => throw new InvalidDataException($"it has no stream {number}{Told(events)}."),
            };
        }
        return events switch
        {
            [var only] => only,
            [_, ..] => throw new InvalidDataException(
                $"it has several streams of events{Told(events)}; say with {nameof(EventAedatOptions.Stream)} which to read."),
            // Some writers describe none, and have one.
            [] when header.Streams.Count == 0 => Undescribed(number: 0),
            [] => throw new InvalidDataException($"none of its streams is of events: {string.Join(", ", header.Streams.Select(stream => stream.ToString()))}."),
        };
    }

    private static AedatStream Undescribed(int number) => new(number, AedatStream.Events, Width: null, Height: null);

    private static string Told(AedatStream[] events)
        => events.Length == 0 ? "" : $"; those of events are {string.Join(", ", events.Select(stream => stream.Number))}";

    private static int Side(int? said, AedatStream stream) => said switch
    {
        null => throw new InvalidDataException($"it does not say how large the camera of stream {stream.Number} is; give {nameof(EventAedatOptions.Width)} and "
            + $"{nameof(EventAedatOptions.Height)}."),
        > MostSide => throw new InvalidDataException($"it says that the camera of stream {stream.Number} has {said} pixels a line, or lines; give "
            + $"{nameof(EventAedatOptions.Width)} and {nameof(EventAedatOptions.Height)} if it is so large."),
        { } side => side,
    };
}
