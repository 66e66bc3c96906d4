namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>Where samples/Web was built, in the configuration of these tests.</summary>
internal static class ProgramFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        string[] parts = AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar).Split(System.IO.Path.DirectorySeparatorChar);
        int bin = Array.LastIndexOf(parts, "bin");
        string house = string.Join(System.IO.Path.DirectorySeparatorChar, parts[..(bin - 2)]);
        return System.IO.Path.Combine(house, "samples", "Web", "bin", parts[bin + 1], parts[bin + 2]);
    }
}
