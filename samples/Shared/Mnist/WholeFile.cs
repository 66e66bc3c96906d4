namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A file that is there whole or not at all, whenever a program is stopped and however many run at once.</summary>
internal static class WholeFile
{
    /// <summary>The same where nothing has to be waited for.</summary>
    public static void Write(string path, Action<string> write) => WriteAsync(Path.GetFullPath(path), temporary =>
    {
        write(temporary);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>Lets <paramref name="write"/> fill a temporary file beside the path, which gets its name once that returns.</summary>
    public static async Task WriteAsync(string path, Func<string, Task> write)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}-{Path.GetFileName(path)}");
        try
        {
            await write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
