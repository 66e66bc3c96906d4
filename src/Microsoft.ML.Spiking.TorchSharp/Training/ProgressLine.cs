using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>An epoch as a line of the log.</summary>
internal static class ProgressLine
{
    public static string Of(EpochProgress p)
    {
        string validation = p.ValidationAccuracy is { } accuracy ? string.Create(CultureInfo.InvariantCulture, $", validation accuracy {accuracy:P2}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"Epoch {p.Epoch} of {p.Epochs}: loss {p.Loss:F4}, accuracy {p.Accuracy:P2}{validation}, firing rate {p.SpikeRate:F4}, connection density {p.ConnectionDensity:F4}, "
            + $"learning rate {p.LearningRate:G3}, {p.RowsPerSecond:F0} rows/s, {p.TimeLeft:hh\\:mm\\:ss} left.");
    }
}
