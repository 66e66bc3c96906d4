using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>A rectangle with two axes, and the places of values in it.</summary>
internal sealed record Chart(double Left, double Top, double Width, double Height, Axis Across, Axis Up)
{
    private const int FewPoints = 40;

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double X(double value) => Left + Width * Across.Share(value);

    public double Y(double value) => Bottom - Height * Up.Share(value);

    public (double X, double Y) At(double x, double y) => (X(x), Y(y));

    /// <summary>Grid, ticks and titles; what is drawn in it comes after.</summary>
    public IEnumerable<XElement> Frame() => [.. Lines(), .. Labels()];

    /// <summary>Ticks and titles alone.</summary>
    public IEnumerable<XElement> Labels() => [.. TicksBelow(), .. LabelsBeside(), Svg.Text("quiet", Left + Width / 2, Bottom + 33, Across.Title, "middle")];

    public IEnumerable<XElement> TicksBelow() => Across.Ticks().Select(tick => Svg.Text("quiet", X(tick), Bottom + 16, Across.Label(tick), "middle"));

    /// <summary>A curve through the points that have a value, and a dot on each where they are few.</summary>
    /// <param name="look">Class of the colour.</param>
    /// <param name="points">From left to right.</param>
    public IEnumerable<XElement> Curve(string look, IEnumerable<(double X, double? Y)> points)
    {
        (double X, double Y)[] placed = [.. points.Where(point => point.Y is not null).Select(point => At(point.X, point.Y!.Value))];
        if (placed.Length > 1) yield return Svg.Curve($"{look}-line curve", placed);
        if (placed.Length > FewPoints) yield break;
        foreach (var (x, y) in placed) yield return Svg.Circle(look, x, y, 3);
    }

    /// <summary>A curve without dots, for what is expected rather than measured; straight across where there is but one point.</summary>
    /// <param name="look">Classes of the line.</param>
    /// <param name="points">From left to right.</param>
    public XElement? Expected(string look, IEnumerable<(double X, double? Y)> points)
    {
        (double X, double Y)[] known = [.. points.Where(point => point.Y is not null).Select(point => (point.X, point.Y!.Value))];
        return known switch
        {
            [] => null,
            [var only] => Level(look, only.Y),
            _ => Svg.Curve(look, known.Select(point => At(point.X, point.Y))),
        };
    }

    /// <summary>A line across, at a value.</summary>
    public XElement Level(string look, double value) => Svg.Line(look, Left, Y(value), Right, Y(value));

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
