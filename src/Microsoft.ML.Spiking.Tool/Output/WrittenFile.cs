using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Files that the tool writes: tried before the work, and where they cannot be written, another place is asked for by its option.</summary>
internal static class WrittenFile
{
    /// <summary>Whether an error says that a file cannot be written: the disk is full, the folder read-only or gone.</summary>
    public static bool IsOfDisk(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <exception cref="Failure">Nothing can be written there.</exception>
    public static void Try(string path, string option) => Guard(path, option, () => WholeFile.Try(path));

    /// <summary>Sees to it that what is made of files does not take the place of one of them.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="read">The files that are read; null for none.</param>
    /// <exception cref="Failure">It is one of them.</exception>
    public static void Apart(string path, string option, params ReadOnlySpan<string?> read)
    {
        foreach (string? other in read)
            if (!string.IsNullOrEmpty(other) && Path.GetFullPath(other) == Path.GetFullPath(path))
                throw Failure.Usage($"'{path}' is to be read, but {option} would put another file in its place.", $"name another file with {option}.");
    }

    /// <summary>Does what writes a file.</summary>
    /// <exception cref="Failure">It cannot be written.</exception>
    public static void Guard(string path, string option, Action write)
    {
        if (string.IsNullOrWhiteSpace(path)) throw Failure.Usage($"{option} is empty, but it must name a file.", $"name a file with {option}.");
        // Written beside it and moved there, a file would take the place of the device.
        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(path)) == "/dev")
            throw Failure.Input($"'{path}' is a place of devices, but a file is to be written there.", $"name a file with {option}.");
        if (Directory.Exists(path)) throw Failure.Input($"'{path}' is a folder, but a file is to be written there.", $"name a file with {option}.");
        try
        {
            write();
        }
        catch (Exception error) when (IsOfDisk(error))
        {
            throw Refusal(path, $"name another place with {option}, or make room and see who may write there.", error);
        }
    }

    public static Failure Refusal(string path, string hint, Exception error) => Failure.Input($"'{path}' cannot be written: {error.Message}", hint, error);
}
