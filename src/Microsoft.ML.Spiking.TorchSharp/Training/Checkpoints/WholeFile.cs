namespace Microsoft.ML.Spiking;

/// <summary>A file that is there whole or not at all, whenever the program or the machine is stopped.</summary>
internal static class WholeFile
{
    /// <summary>Fills a temporary file beside the path, brings it to the disk, and gives it its name.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path), temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
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
