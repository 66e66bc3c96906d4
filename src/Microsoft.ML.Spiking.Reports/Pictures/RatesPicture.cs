using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>How many columns fire at which rate, and the band that homeostasis aims at.</summary>
internal static class RatesPicture
{
    private const double Left = 84;
    private const int Bins = 24;

    public static SvgPicture Draw(TrainedLayer layer)
    {
        Homeostasis? rule = (layer.Layer as ColumnLayer)?.Homeostasis;
        Axis rates = Axis.FromZero("spike rate (spikes per neuron and step)", Math.Max(layer.AverageRate.Max(), rule?.MaximumRate * 1.05 ?? 0), 6);
        double bin = rates.To / Bins;
        int[] columns = new int[Bins];
        foreach (float rate in layer.AverageRate) columns[Math.Clamp((int)(rate / bin), 0, Bins - 1)]++;

        var chart = new Chart(Left, SvgPicture.Top + 20, SvgPicture.Width - SvgPicture.Margin - Left, 260, rates,
            Axis.FromZero("columns", Math.Max(4, columns.Max())));
        return new SvgPicture(
            "Spike rates of the columns",
            Summary(layer),
            chart.Bottom + 48,
            rule is null ? null : Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("excitatory", "columns"), ("third band", "target band"),
                ("ink-line dashed", "target")),
            rule is null
                ? null
                : Svg.Rectangle("third band", chart.X(rule.MinimumRate), chart.Top, chart.X(rule.MaximumRate) - chart.X(rule.MinimumRate), chart.Height),
            chart.Frame(),
            columns.Select((count, i) => count == 0 ? null : Bar(chart, i * bin, bin, count)),
            rule is null ? null : Svg.Line("ink-line dashed", chart.X(layer.TargetRate), chart.Top, chart.X(layer.TargetRate), chart.Bottom));
    }

    private static XElement Bar(Chart chart, double from, double width, int count)
    {
        XElement bar = Svg.Rectangle("excitatory", chart.X(from) + 1, chart.Y(count), chart.X(from + width) - chart.X(from) - 2, chart.Bottom - chart.Y(count));
        bar.Add(Svg.Hint($"{count} of {Rate(from)} to {Rate(from + width)}"));
        return bar;
    }

    private static string Summary(TrainedLayer layer)
    {
        string mean = $"{layer.AverageRate.Length} columns fire {Rate(layer.AverageRate.Average())} times per neuron and step on average";
        if (layer.Layer is not ColumnLayer { Homeostasis: { } rule }) return mean;
        int within = layer.AverageRate.Count(rate => rate >= rule.MinimumRate && rate <= rule.MaximumRate);
        return $"{mean}; {within} of them within {Rate(rule.MinimumRate)} to {Rate(rule.MaximumRate)}, the target is {Rate(layer.TargetRate)}";
    }

    private static string Rate(double rate) => rate.ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture);
}
