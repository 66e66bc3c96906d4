using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Files that the tool writes: tried before the work, and where they cannot be written, another place is asked for by its option.</summary>
internal static class WrittenFile
{
    /// <summary>Whether an error says that a file cannot be written: the disk is full, the folder read-only or gone.</summary>
    public static bool IsOfDisk(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <exception cref="Failure">Nothing can be written there.</exception>
    public static void Try(string path, string option) => Guard(path, option, () => WholeFile.Try(path));

    /// <summary>Does what writes a file.</summary>
    /// <exception cref="Failure">It cannot be written.</exception>
    public static void Guard(string path, string option, Action write)
    {
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
