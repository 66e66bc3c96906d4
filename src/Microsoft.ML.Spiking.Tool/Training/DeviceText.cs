using System.CommandLine;
using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Devices as they are written on a command line.</summary>
internal static class DeviceText
{
    private const string Cuda = "cuda:";

    /// <summary>--device.</summary>
    public static Option<TrainingDevice?> Option(string description)
        => WordOption.Create("--device", "auto|cpu|cuda:N", description, "auto, cpu or cuda:N", Parse);

    /// <summary>auto, cpu, cuda or cuda:N; null for anything else.</summary>
    public static TrainingDevice? Parse(string text) => text.ToLowerInvariant() switch
    {
        "auto" => TrainingDevice.Auto,
        "cpu" => TrainingDevice.Cpu,
        "cuda" => TrainingDevice.Cuda(),
        var cuda when cuda.StartsWith(Cuda, StringComparison.Ordinal)
            && int.TryParse(cuda.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index) => TrainingDevice.Cuda(index),
        _ => null,
    };
}
