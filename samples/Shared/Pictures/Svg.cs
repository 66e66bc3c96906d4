using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>A page and the two shapes that its cards are made of, as SVG elements.</summary>
internal static class Svg
{
    public static XNamespace Space { get; } = "http://www.w3.org/2000/svg";

    /// <summary>A whole picture, on paper of its own.</summary>
    public static XElement Page(int width, int height, params object[] content)
        => new(
            Space + "svg",
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("font-family", "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"),
            Rectangle(0, 0, width, height, "#f6f6f3", radius: 0),
            content);

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
