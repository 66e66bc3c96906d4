using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>The two shapes that cards are made of, as SVG elements.</summary>
internal static class Svg
{
    public static XNamespace Space { get; } = "http://www.w3.org/2000/svg";

    public static XElement Text(double x, double y, int size, string colour, string words)
        => new(
            Space + "text",
            new XAttribute("x", x),
            new XAttribute("y", y),
            new XAttribute("font-size", size),
            new XAttribute("fill", colour),
            words);

    public static XElement Rectangle(double x, double y, double width, double height, string fill, double radius)
        => new(
            Space + "rect",
            new XAttribute("x", x),
            new XAttribute("y", y),
            new XAttribute("width", Math.Round(width, 2)),
            new XAttribute("height", height),
            new XAttribute("fill", fill),
            new XAttribute("rx", radius));
}
