using System.Globalization;
using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A line an epoch, for files and logs.</summary>
/// <param name="writer">Where to.</param>
/// <param name="unit">What a row of the data is called.</param>
internal sealed class LineView(TextWriter writer, string unit) : IProgressView
{
    public async Task ShowAsync(ChannelReader<TrainingProgress> reader)
    {
        await foreach (TrainingProgress progress in reader.ReadAllAsync())
            if (progress is EpochProgress epoch) await writer.WriteLineAsync(Line(epoch, unit));
    }

    public static string Line(EpochProgress p, string unit) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F4}  accuracy {p.Accuracy:F4}{(p.ValidationAccuracy is { } v ? $"  validation {v:F4}" : "")}  "
        + $"firing rate {p.SpikeRate:F4}  density {p.ConnectionDensity:F4}  {p.RowsPerSecond:F0} {unit}/s  {Text.Duration(p.TimeLeft)} left");
}
