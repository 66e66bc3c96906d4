using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>What the colours mean: a row of patches and words that ends at the right margin.</summary>
internal static class Legend
{
    // A letter of 11 units is about this wide.
    private const double Letter = 6.6;
    private const double Patch = 10;
    private const double Gap = 20;

    /// <param name="right">Where the row ends.</param>
    /// <param name="y">Where its words stand.</param>
    /// <param name="entries">Class of the patch and words, from left to right.</param>
    public static XElement Draw(double right, double y, params ReadOnlySpan<(string Look, string Words)> entries)
    {
        double x = right;
        foreach (var (_, words) in entries) x -= Patch + 6 + words.Length * Letter + Gap;
        x += Gap;
        var row = new List<XElement>();
        foreach (var (look, words) in entries)
        {
            row.Add(look.Contains("-line", StringComparison.Ordinal)
                ? Svg.Line(look, x - 5, y - 4, x + Patch + 1, y - 4)
                : Svg.Rectangle(look, x, y - 9, Patch, Patch));
            row.Add(Svg.Text("quiet", x + Patch + 6, y, words));
            x += Patch + 6 + words.Length * Letter + Gap;
        }
        return Svg.Group("legend", row);
    }
}
