using System.Globalization;
using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A line an epoch, for files and logs.</summary>
internal sealed class LineView(TextWriter writer) : IProgressView
{
    public async Task ShowAsync(ChannelReader<TrainingProgress> reader)
    {
        await foreach (TrainingProgress progress in reader.ReadAllAsync())
            if (progress is EpochProgress epoch) await writer.WriteLineAsync(Line(epoch));
    }

    public static string Line(EpochProgress p) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F4}  accuracy {p.Accuracy:F4}{(p.ValidationAccuracy is { } v ? $"  validation {v:F4}" : "")}  "
        + $"firing rate {p.SpikeRate:F4}  density {p.ConnectionDensity:F4}  {p.RowsPerSecond:F0} rows/s  {Text.Duration(p.TimeLeft)} left");
}
