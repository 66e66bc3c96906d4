using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How training went, epoch by epoch: loss, accuracy, spike rate and connections.</summary>
internal static class CurvesPicture
{
    public static SvgPicture Draw(TrainingRecord training)
    {
        IReadOnlyList<EpochRecord> history = training.History;
        if (history.Count == 0)
            throw Trouble.Picture.Argument(
                "The training record holds no epoch, but curves need at least one; give the record of a trained model.", nameof(training));
        bool isValidated = history.Any(epoch => epoch.ValidationAccuracy is not null);
        FourCharts charts = new(Axis.Count("epoch", history[0].Epoch, history[^1].Epoch, 8));
        double least = history.Min(epoch => Math.Min(epoch.Accuracy, epoch.ValidationAccuracy ?? 1));

        Chart loss = charts.Chart(0, Axis.FromZero("cross entropy (nats)", history.Max(epoch => epoch.Loss)));
        Chart accuracy = charts.Chart(1, Axis.Around("accuracy (%)", 100 * least, 100));
        Chart rate = charts.Chart(2, Axis.FromZero("spikes per neuron and step", history.Max(epoch => epoch.SpikeRate)));
        Chart density = charts.Chart(3, Axis.FromZero("connections (% of all possible)", history.Max(epoch => 100 * epoch.ConnectionDensity)));
        return new SvgPicture(
            "Training",
            Summary(training),
            FourCharts.Height,
            FourCharts.Titled(loss, "Loss", null, Curve(loss, "excitatory", history, epoch => epoch.Loss)),
            FourCharts.Titled(accuracy, "Accuracy",
                isValidated ? Legend.Draw(accuracy.Right, accuracy.Top - 12, ("excitatory-line curve", "training"),
                    ("inhibitory-line curve", "validation")) : null,
                Curve(accuracy, "excitatory", history, epoch => 100 * epoch.Accuracy),
                Curve(accuracy, "inhibitory", history, epoch => 100 * epoch.ValidationAccuracy)),
            FourCharts.Titled(rate, "Spike rate", null, Curve(rate, "excitatory", history, epoch => epoch.SpikeRate)),
            FourCharts.Titled(density, "Connections between columns", null, Curve(density, "excitatory", history, epoch => 100 * epoch.ConnectionDensity)));
    }

    private static IEnumerable<XElement> Curve(Chart chart, string look, IEnumerable<EpochRecord> history, Func<EpochRecord, double?> value)
        => chart.Curve(look, history.Select(epoch => ((double)epoch.Epoch, value(epoch))));

    private static string Summary(TrainingRecord training)
    {
        string rows = training.Rows.ToString("N0", CultureInfo.InvariantCulture), batches = training.Batches.ToString("N0", CultureInfo.InvariantCulture);
        string accuracy = training.ValidationAccuracy is { } test ? $"; in the end {Svg.Number(100 * test)} % of the validation rows right" : "";
        return $"{rows} rows, {batches} batches, seed {training.Seed}{accuracy}";
    }
}
