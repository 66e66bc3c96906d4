using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>Columns on a circle, as Watts and Strogatz draw them: neighbours on the ring hug its rim, shortcuts cross it.</summary>
internal sealed record RingCircle(int Nodes)
{
    private const double Radius = 300;
    private const double CentreX = SvgPicture.Width / 2;
    private const double CentreY = SvgPicture.Top + Radius + 24;

    // How far a connection leaves the straight line, as a fraction of its length.
    private const double Bow = 0.35;

    // More names than these would touch.
    private const int MostNames = 64;

    public static double Height => CentreY + Radius + 44;

    /// <summary>A connection as a curve that bows towards the centre, the more the longer it is.</summary>
    /// <param name="look">Classes of the line.</param>
    /// <param name="from">The one column.</param>
    /// <param name="to">The other.</param>
    /// <param name="strength">How thick and how full, 0 to 1.</param>
    public XElement Connection(string look, int from, int to, double strength)
    {
        var (x1, y1) = At(from, Radius);
        var (x2, y2) = At(to, Radius);
        double middleX = (x1 + x2) / 2 - CentreX, middleY = (y1 + y2) / 2 - CentreY;
        double fromCentre = double.Hypot(middleX, middleY), bow = Math.Max(0, fromCentre - Bow * double.Hypot(x2 - x1, y2 - y1)) / Math.Max(1, fromCentre);
        string curve = $"M{Place(x1, y1)}Q{Place(CentreX + bow * middleX, CentreY + bow * middleY)} {Place(x2, y2)}";
        XElement line = Svg.Path(look, from == to ? Loop(from) : curve, 0.35 + 0.6 * strength);
        line.Add(new XAttribute("stroke-width", Svg.Number(0.7 + 2.5 * strength)));
        return line;
    }

    /// <summary>The columns and their numbers, as many as there is room for.</summary>
    public IEnumerable<XElement> Columns()
    {
        int named = (Nodes + MostNames - 1) / MostNames;
        for (int node = 0; node < Nodes; node++)
        {
            var (x, y) = At(node, Radius);
            yield return Svg.Circle("ink", x, y, Nodes <= MostNames ? 5 : 3);
            if (node % named != 0) continue;
            var (nameX, nameY) = At(node, Radius + 18);
            yield return Svg.Text("quiet", nameX, nameY + 4, node.ToString(CultureInfo.InvariantCulture), "middle");
        }
    }

    private string Loop(int node)
    {
        var (x, y) = At(node, Radius);
        var (outX, outY) = At(node, Radius - 40);
        double sideX = (y - outY) / 2, sideY = (outX - x) / 2;
        return $"M{Place(x, y)}C{Place(outX + sideX, outY + sideY)} {Place(outX - sideX, outY - sideY)} {Place(x, y)}";
    }

    private (double X, double Y) At(int node, double radius)
    {
        double angle = 2 * Math.PI * node / Nodes - Math.PI / 2;
        return (CentreX + radius * Math.Cos(angle), CentreY + radius * Math.Sin(angle));
    }

    private static string Place(double x, double y) => $"{Svg.Number(x)} {Svg.Number(y)}";
}
