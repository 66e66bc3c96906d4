namespace Microsoft.ML.Spiking.Ground;

/// <summary>The right to write a file, which one has at a time among all threads and processes; it ends with the process at the latest.</summary>
/// <remarks>
/// The system's own lock on a file beside it. A process that is killed loses it; the file that it leaves is not locked any more, and so in nobody's way. Where
/// the file system knows no locks, everybody has the right.
/// </remarks>
internal sealed class SoleWriter : IDisposable
{
    // What the system says of a file that somebody has locked: ERROR_SHARING_VIOLATION of Windows, EWOULDBLOCK of Linux and of macOS.
    private static readonly int[] s_taken = [unchecked((int)0x80070020), 11, 35];

    private const int LongestMark = 1 << 12;

    private readonly FileStream _lock;

    private SoleWriter(FileStream held) => _lock = held;

    /// <summary>Takes the right.</summary>
    /// <returns>To be disposed of when nothing more is to be written; null where somebody else has it.</returns>
    /// <exception cref="IOException">No file can be made there.</exception>
    public static SoleWriter? Take(string path)
    {
        string full = Path.GetFullPath(path), beside = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.lock");
        while (true)
        {
            FileStream held;
            try
            {
                // Elsewhere than on Windows the name goes before the lock, lest it be another's by then.
                held = new FileStream(beside, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0,
                    OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            }
            catch (IOException refusal) when (s_taken.Contains(refusal.HResult))
            {
                return null;
            }

            try
            {
                if (Mark(held)) return new SoleWriter(held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
            held.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows()) WholeFile.Delete(_lock.Name);
        _lock.Dispose();
    }

    /// <summary>
    /// Whether a file that has been locked still has its name: between its opening and its locking the one before may have taken that away, and a third made a
    /// new file of it.
    /// </summary>
    private static bool Mark(FileStream held)
    {
        held.SetLength(1 + Random.Shared.Next(LongestMark));
        return new FileInfo(held.Name) is { Exists: true } named && named.Length == held.Length;
    }
}
