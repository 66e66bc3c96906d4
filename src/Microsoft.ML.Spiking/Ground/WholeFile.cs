using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>A file that is there whole or not at all, whenever the program or the machine is stopped, and however many write it at once.</summary>
internal static class WholeFile
{
    private const string Ending = ".partial";

    // Of a writer's own name; each is two letters.
    private const int NameBytes = 6;

    /// <summary>
    /// Fills a temporary file of its own beside the path, brings it to the disk, and gives it its name. Only a kill leaves one behind (<see cref="Sweep"/>).
    /// </summary>
    public static void Write(string path, Action<Stream> write) => WriteAll([path], streams => write(streams[0]));

    /// <summary>The same with files that belong together: none of them gets its name before all are on the disk.</summary>
    public static void WriteAll(IReadOnlyList<string> paths, Action<IReadOnlyList<Stream>> write)
    {
        string[] full = [.. paths.Select(Path.GetFullPath)];
        var begun = new List<BegunFile>();
        try
        {
            foreach (string path in full)
                begun.Add(Create(path));

            write(begun);
            foreach (BegunFile stream in begun)
            {
                stream.Flush(flushToDisk: true);
                stream.Dispose();
            }

            for (int i = 0; i < full.Length; i++)
                Name(begun[i].Name, full[i]);
        }
        catch
        {
            foreach (BegunFile stream in begun)
                Discard(stream);

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
        using BegunFile begun = Create(Path.GetFullPath(path));
        Discard(begun);
    }

    /// <summary>Takes away what killed writers of a file have left. For one who knows that nobody else writes it now (<see cref="SoleWriter"/>).</summary>
    public static void Sweep(string path)
    {
        string full = Path.GetFullPath(path), prefix = Prefix(full);
        Harmlessly(() =>
        {
            foreach (string left in Directory.GetFiles(Path.GetDirectoryName(full)!, '*' + Ending))
                if (IsOf(prefix, Path.GetFileName(left))) Delete(left);
        });
    }

    /// <summary>Deletes a file where that can be done; one that stays does no harm.</summary>
    public static void Delete(string path) => Harmlessly(() => File.Delete(path));

    private static bool IsOf(string prefix, string name)
        => name.Length == prefix.Length + 2 * NameBytes + Ending.Length && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(Ending, StringComparison.Ordinal) && name.Substring(prefix.Length, 2 * NameBytes).All(char.IsAsciiHexDigitUpper);

    private static string Prefix(string full) => $".{Path.GetFileName(full)}.";

    private static BegunFile Create(string full)
    {
        string own = Prefix(full) + RandomNumberGenerator.GetHexString(2 * NameBytes) + Ending;
        string folder = Path.GetDirectoryName(full)!, name = Path.GetFileName(full);
        try
        {
            return new BegunFile(Path.Combine(folder, own));
        }
        // Nobody knows of that name.
        catch (DirectoryNotFoundException)
        {
            throw new DirectoryNotFoundException($"the folder '{folder}', where '{name}' is to be written, does not exist.");
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw new UnauthorizedAccessException($"there is no right to make a file in '{folder}', where '{name}' is to be written.", refusal);
        }
    }

    private static void Name(string begun, string path)
    {
        try
        {
            File.Move(begun, path, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Nobody knows of that name.
            throw new DirectoryNotFoundException($"'{path}' could not be written: its folder went away meanwhile.");
        }
    }

    private static void Discard(BegunFile stream)
    {
        // A full disk refuses what is still to be flushed; the error that counts was there before.
        Harmlessly(stream.Dispose);
        Delete(stream.Name);
    }

    private static void Harmlessly(Action tidying)
    {
        try
        {
            tidying();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
        }
    }
}
