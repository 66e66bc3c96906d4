using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>A rectangle with two axes, and the places of values in it.</summary>
internal sealed record Chart(double Left, double Top, double Width, double Height, Axis Across, Axis Up)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double X(double value) => Left + Width * Across.Share(value);

    public double Y(double value) => Bottom - Height * Up.Share(value);

    public (double X, double Y) At(double x, double y) => (X(x), Y(y));

    /// <summary>Grid, ticks and titles; what is drawn in it comes after.</summary>
    public IEnumerable<XElement> Frame() => [.. Lines(), .. LabelsBelow(), .. LabelsBeside()];

    public IEnumerable<XElement> LabelsBelow() =>
    [
        .. Across.Ticks().Select(tick => Svg.Text("quiet", X(tick), Bottom + 16, Across.Label(tick), "middle")),
        Svg.Text("quiet", Left + Width / 2, Bottom + 33, Across.Title, "middle"),
    ];

    private IEnumerable<XElement> Lines() =>
    [
        .. Up.Ticks().Select(tick => Svg.Line("grid-line", Left, Y(tick), Right, Y(tick))),
        Svg.Line("frame-line", Left, Bottom, Right, Bottom),
    ];

    private IEnumerable<XElement> LabelsBeside() =>
    [
        .. Up.Ticks().Select(tick => Svg.Text("quiet", Left - 8, Y(tick) + 4, Up.Label(tick), "end")),
        Svg.Upwards("quiet", Left - 44, Top + Height / 2, Up.Title),
    ];
}
