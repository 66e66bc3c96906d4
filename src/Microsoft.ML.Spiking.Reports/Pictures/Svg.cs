using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>The elements that pictures are made of. Numbers are written with two decimals at most, in every culture alike.</summary>
internal static class Svg
{
    public static XNamespace Space { get; } = "http://www.w3.org/2000/svg";

    public static string Number(double value)
        => Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;

    /// <param name="look">Classes of <see cref="PictureStyle"/>.</param>
    /// <param name="x">Where the words start, from the left.</param>
    /// <param name="y">Where they stand.</param>
    /// <param name="words">The words.</param>
    /// <param name="anchor">Which end of them <paramref name="x"/> is: start, middle or end.</param>
    public static XElement Text(string look, double x, double y, string words, string anchor = "start")
        => new(Space + "text", new XAttribute("class", look), At("x", x), At("y", y), anchor == "start" ? null : new XAttribute("text-anchor", anchor), words);

    /// <summary>Words that run upwards, centred.</summary>
    public static XElement Upwards(string look, double x, double y, string words)
        => new(Space + "text", new XAttribute("class", look), new XAttribute("text-anchor", "middle"),
            new XAttribute("transform", $"translate({Number(x)} {Number(y)}) rotate(-90)"), words);

    public static XElement Line(string look, double x1, double y1, double x2, double y2)
        => new(Space + "line", new XAttribute("class", look), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    public static XElement Rectangle(string look, double x, double y, double width, double height, double opacity = 1)
        => new(Space + "rect", new XAttribute("class", look), At("x", x), At("y", y), At("width", width), At("height", height), Opacity(opacity));

    public static XElement Circle(string look, double x, double y, double radius)
        => new(Space + "circle", new XAttribute("class", look), At("cx", x), At("cy", y), At("r", radius));

    public static XElement Path(string look, string data, double opacity = 1)
        => new(Space + "path", new XAttribute("class", look), Opacity(opacity), new XAttribute("d", data));

    /// <summary>A line through points; gaps are left where a value is missing.</summary>
    public static XElement Curve(string look, IEnumerable<(double X, double Y)> points)
        => new(Space + "polyline", new XAttribute("class", look),
            new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    public static XElement Group(string name, params object?[] content) => new(Space + "g", new XAttribute("class", name), content);

    /// <summary>What a pointer at rest is told of an element.</summary>
    public static XElement Hint(string words) => new(Space + "title", words);

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static XAttribute? Opacity(double opacity) => opacity < 1 ? new XAttribute("opacity", Number(opacity)) : null;
}
