namespace Microsoft.ML.Spiking.Fused;

/// <summary>The kernels' PTX, as <c>build/Ptx</c> has made it of C#.</summary>
internal static class KernelSource
{
    private const string Name = "Kernels.ptx";

    /// <summary>The text in UTF-8, with a 0 behind it.</summary>
    public static byte[] Read()
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream(Name)!;
        var text = new byte[stream.Length + 1];
        stream.ReadExactly(text, 0, text.Length - 1);
        return text;
    }
}
