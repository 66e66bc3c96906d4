using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Rectangles of one colour in a few shades of strength, one path a shade; none at all where the strength is 0, so that the paper is the colour's zero.
/// </summary>
internal sealed class Shades(string look)
{
    /// <summary>Shades but for the paper's.</summary>
    public const int Count = 16;

    private readonly Marks[] _marks = [.. Enumerable.Range(0, Count + 1).Select(_ => new Marks())];

    /// <param name="strength">0 for paper to 1 for the full colour.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public void Add(double strength, double x, double y, double width, double height) => _marks[Shade(strength)].Add(x, y, width, height);

    public static int Shade(double strength) => (int)Math.Round(Math.Clamp(strength, 0, 1) * Count);

    public IEnumerable<XElement> Draw()
    {
        for (int shade = 1; shade <= Count; shade++)
            if (!_marks[shade].IsEmpty) yield return Svg.Path($"{look} pixels", _marks[shade].ToString(), (double)shade / Count);
    }
}
