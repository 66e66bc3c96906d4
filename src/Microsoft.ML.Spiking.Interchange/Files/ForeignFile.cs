using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Files;

/// <summary>A file that another program wrote, or that says so: whatever is wrong with it ends in one kind of error, which names it.</summary>
internal static class ForeignFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file. No other is ever opened.</param>
    /// <param name="format">What it should be, as in "a NIR file".</param>
    /// <param name="read">Reads it, and throws what it likes.</param>
    /// <exception cref="InvalidDataException">It is no such file, is damaged, or holds what cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened, or read to its end.</exception>
    public static T Read<T>(string path, string format, Func<FileStream, T> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Guard(path, format, () => read(stream));
    }

    /// <summary>Reads a part of a file that is open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What it should be, as in "a NIR file".</param>
    /// <param name="read">Reads it, and throws what it likes.</param>
    /// <exception cref="InvalidDataException">It is no such file, is damaged, or holds what cannot be read.</exception>
    /// <exception cref="IOException">It cannot be read to its end.</exception>
    public static T Guard<T>(string path, string format, Func<T> read)
    {
        try
        {
            return read();
        }
        // What readers find wrong says so in our words already; libraries that meet broken bytes throw whatever they ran into.
        catch (InvalidDataException damage) when (Trouble.Foreign.Is(damage))
        {
            throw;
        }
        catch (InvalidDataException damage)
        {
            throw Trouble.Foreign.InvalidData($"'{path}' could not be read as {format}: {damage.Message}", damage);
        }
        catch (Exception damage) when (damage is EndOfStreamException or not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw Trouble.Foreign.InvalidData($"'{path}' is damaged, or is not {format}: {damage.Message}", damage);
        }
    }
}
