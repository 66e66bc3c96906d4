using System.Globalization;
using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A line an epoch, for files and logs; of many short epochs, some.</summary>
/// <param name="writer">Where to.</param>
/// <param name="unit">What a row of the data is called.</param>
/// <param name="measured">What the rows are called that accuracy is measured on besides.</param>
internal sealed class LineView(TextWriter writer, string unit, string measured) : IProgressView
{
    // Enough to see a curve; what takes longer says in between that it is alive.
    private const int Lines = 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    public async Task ShowAsync(ChannelReader<TrainingProgress> reader)
    {
        EpochProgress? held = null;
        TimeSpan shown = TimeSpan.Zero;
        await foreach (TrainingProgress progress in reader.ReadAllAsync())
        {
            if (progress is not EpochProgress epoch) continue;
            int every = (epoch.Epochs + Lines - 1) / Lines;
            held = epoch;
            if (epoch.Epoch % every != 0 && epoch.TrainingTime - shown < s_longest) continue;
            await writer.WriteLineAsync(Line(epoch, unit, measured));
            (held, shown) = (null, epoch.TrainingTime);
        }
        if (held is not null) await writer.WriteLineAsync(Line(held, unit, measured));
    }

    public static string Line(EpochProgress p, string unit, string measured) => string.Create(CultureInfo.InvariantCulture,
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F4}  training accuracy "
            + $"{p.Accuracy:F4}{(p.ValidationAccuracy is { } v ? $"  {measured} accuracy {v:F4}" : "")}  "
        + $"spike rate {p.SpikeRate:F4}  density {p.ConnectionDensity:F4}{p.Extremes}  {p.RowsPerSecond:F0} {unit}/s  {Text.Duration(p.TimeLeft)} left");
}
