using System.Text;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>A file that is there whole or not at all, whenever the program or the machine is stopped.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Fills a temporary file beside the path, brings it to the disk, and gives it its name. What a kill leaves of one is overwritten the next time.
    /// </summary>
    public static void Write(string path, Action<Stream> write) => WriteAll([path], streams => write(streams[0]));

    /// <summary>The same with files that belong together: none of them gets its name before all are on the disk.</summary>
    public static void WriteAll(IReadOnlyList<string> paths, Action<IReadOnlyList<Stream>> write)
    {
        string[] full = [.. paths.Select(Path.GetFullPath)];
        var begun = new List<FileStream>();
        try
        {
            foreach (string path in full)
                begun.Add(Create(Temporary(path)));

            write(begun);
            foreach (FileStream stream in begun)
            {
                stream.Flush(flushToDisk: true);
                stream.Dispose();
            }

            foreach (string path in full)
                File.Move(Temporary(path), path, overwrite: true);
        }
        catch
        {
            // These alone: where one could not be begun, another program may be at it.
            foreach (FileStream stream in begun)
            {
                stream.Dispose();
                File.Delete(stream.Name);
            }

            throw;
        }
    }

    /// <summary>The same with text, in UTF-8; makes the folder where there is none.</summary>
    public static void WriteText(string path, Action<TextWriter> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            write(writer);
        });
    }

    /// <summary>Begins such a file and takes it away again, to throw now what writing would throw.</summary>
    public static void Try(string path)
    {
        string temporary = Temporary(Path.GetFullPath(path));
        Create(temporary).Dispose();
        File.Delete(temporary);
    }

    private static string Temporary(string full) => Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.partial");

    private static FileStream Create(string temporary) => new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
}
