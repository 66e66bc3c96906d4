namespace Microsoft.ML.Spiking;

/// <summary>A file that is there whole or not at all, whenever the program or the machine is stopped.</summary>
internal static class WholeFile
{
    /// <summary>Fills a temporary file beside the path, brings it to the disk, and gives it its name. What a kill leaves of one is overwritten the next time.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path), temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.partial");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
