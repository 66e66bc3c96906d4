using System.Text;

namespace Microsoft.ML.Spiking;

/// <summary>A file that is there whole or not at all, whenever a program is stopped.</summary>
internal static class WholeFile
{
    /// <summary>Lets <paramref name="write"/> fill a temporary file beside the path, which gets its name once that returns.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        string whole = Path.GetFullPath(path), folder = Path.GetDirectoryName(whole)!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}-{Path.GetFileName(whole)}");
        try
        {
            using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))) write(writer);
            File.Move(temporary, whole, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
