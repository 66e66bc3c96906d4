namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

/// <summary>An empty folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("spiking-mnist-").FullName;

    public string[] Names => [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetFileName(file)).Order()];

    /// <summary>The path of a file in the folder, which holds one byte when there are no others to hold.</summary>
    public string Put(string name, byte[]? content = null)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? [1]);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
