using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How often answers are right, by how sure they are, and the line on which scores mean what they say.</summary>
internal static class ReliabilityPicture
{
    private const double Left = 84;

    public static SvgPicture Draw(ReliabilityDiagram diagram)
    {
        if (diagram.Rows == 0)
            throw Trouble.Picture.Argument(
                "The reliability diagram holds no row, but its picture needs at least one; measure rows that have a label and a score.", nameof(diagram));
        var chart = new Chart(
            Left, SvgPicture.Top + 28, SvgPicture.Width - SvgPicture.Margin - Left, 300, Percents("probability of the answer (%)"), Percents("right (%)"));
        IEnumerable<ReliabilityBin> filled = diagram.Bins.Where(bin => bin.Rows > 0);
        return new SvgPicture(
            "Reliability of the scores",
            $"{Whole(diagram.Rows)} rows, expected calibration error {diagram.ExpectedCalibrationError.ToString("0.0000", CultureInfo.InvariantCulture)}, 0 "
                + "at best; "
                + "above the bars the rows of each",
            chart.Bottom + 48,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("excitatory", "right"), ("ink-line dashed", "as often as they are sure")),
            chart.Frame(),
            filled.Select(bin => Bar(chart, bin)),
            filled.Select(bin => Svg.Text("quiet small", chart.X(50 * (bin.From + bin.To)), chart.Top - 10, Whole(bin.Rows), "middle")),
            Svg.Line("ink-line dashed", chart.Left, chart.Bottom, chart.Right, chart.Top));
    }

    private static XElement Bar(Chart chart, ReliabilityBin bin)
    {
        double left = chart.X(100 * bin.From), top = chart.Y(100 * bin.Accuracy);
        XElement bar = Svg.Rectangle("excitatory", left + 1, top, chart.X(100 * bin.To) - left - 2, chart.Bottom - top);
        bar.Add(Svg.Hint($"{Percent(bin.Accuracy)} right, {Percent(bin.Confidence)} sure on average; rows: {Whole(bin.Rows)}"));
        return bar;
    }

    private static Axis Percents(string title) => new(title, 0, 100, 20);

    private static string Whole(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
