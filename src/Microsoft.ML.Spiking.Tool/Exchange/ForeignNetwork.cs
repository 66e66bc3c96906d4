using Microsoft.ML.Spiking.Proof;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A file of a format, which is run by that format's own rules.</summary>
/// <param name="Network">What runs it.</param>
/// <param name="Golden">What it promises; null where it promises nothing.</param>
internal sealed record ForeignNetwork(IShownNetwork Network, GoldenRows? Golden) : IDisposable
{
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <exception cref="InvalidDataException">It is no such file, or is damaged.</exception>
    public static ForeignNetwork Open(string path, ExchangeFormat format) => format switch
    {
        ExchangeFormat.Onnx => OnnxFile.Open(path),
        ExchangeFormat.Safetensors => new(new TrainedNetwork(SafetensorsFile.Read(path)), SafetensorsFile.ReadGolden(path)),
        _ => throw new NotSupportedException($"{format} is not run."),
    };

    public void Dispose() => (Network as IDisposable)?.Dispose();
}
