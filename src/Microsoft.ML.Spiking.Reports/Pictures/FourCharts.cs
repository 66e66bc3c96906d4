using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>Four charts on one page, two by two, over the same axis.</summary>
internal sealed record FourCharts(Axis Across)
{
    private const double Left = 84;
    private const double Width = 352;
    private const double ChartHeight = 180;
    private const double Down = ChartHeight + 86;

    public static double Height => SvgPicture.Top + 24 + 2 * Down - 30;

    /// <summary>The chart at a place, from 0, left before right and upper before lower.</summary>
    public Chart Chart(int place, Axis up) => new(Left + place % 2 * (Width + Left), SvgPicture.Top + 24 + place / 2 * Down, Width, ChartHeight, Across, up);

    public static XElement Titled(Chart chart, string title, XElement? legend, params object?[] curves)
        => Svg.Group("chart", Svg.Text("ink heading", chart.Left, chart.Top - 12, title), legend, chart.Frame(), curves);
}
