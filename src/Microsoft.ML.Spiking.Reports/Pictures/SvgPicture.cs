using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A picture as SVG, whole in itself: light or dark as the reader's screen is, light in print. 900 units wide.</summary>
/// <remarks>The same numbers give the same text, on every machine and in every culture.</remarks>
public sealed class SvgPicture
{
    internal const int Width = 900;
    internal const int Margin = 28;

    /// <summary>Where a picture's content starts, below its title.</summary>
    internal const int Top = 84;

    internal SvgPicture(string title, string subtitle, double height, params object?[] content)
    {
        Title = title;
        Xml = new XElement(
            Svg.Space + "svg",
            new XAttribute("class", "spiking"),
            new XAttribute("viewBox", $"0 0 {Width} {Svg.Number(height)}"),
            new XAttribute("width", Width),
            new XAttribute("height", Svg.Number(height)),
            new XAttribute("role", "img"),
            Svg.Hint(title),
            new XElement(Svg.Space + "desc", subtitle),
            new XElement(Svg.Space + "style", PictureStyle.Sheet),
            Svg.Rectangle("paper", 0, 0, Width, height),
            Svg.Text("ink title", Margin, 36, title),
            Svg.Text("quiet subtitle", Margin, 58, subtitle),
            content);
    }

    /// <summary>What it shows, as it stands above it.</summary>
    public string Title { get; }

    internal XElement Xml { get; }

    /// <summary>Writes it into a file, whole or not at all: a reader never meets half of it, and an older picture is replaced.</summary>
    /// <param name="path">The file, by custom with the ending .svg; its folder is made where it is not there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.WriteText(path, writer =>
        {
            writer.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
            writer.Write(ToString());
        });
    }

    /// <summary>The svg element as text, to be set into a page.</summary>
    public override string ToString() => Xml.ToString(SaveOptions.DisableFormatting);
}
