using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>One recording as a card: a line an input, a stroke a spike, and at the right a bar as long as the input's spikes are many.</summary>
/// <param name="Recall">Fraction of the rhythm's recordings that the network names, 0 to 1.</param>
internal sealed record RhythmCard(Rhythm Rhythm, RhythmRecording Recording, double Recall)
{
    public const int Width = BarsLeft + BarUnit * Rhythm.Spikes + Padding;
    public const int Height = Top + RowHeight * Rhythm.Inputs + GroupGap + Padding;

    private const int Padding = 12;
    private const int Top = 38;
    private const int Left = Padding + 16;
    private const double StepWidth = 2;
    private const int RowHeight = 9;
    private const int GroupGap = 6;
    private const int BarsLeft = Left + (int)(StepWidth * Rhythm.Steps) + 12;
    private const int BarUnit = 6;

    private static readonly string[] s_colours = ["#2f5f9e", "#c2703d"];

    public IEnumerable<XElement> Draw()
    {
        XElement card = Svg.Rectangle(0, 0, Width, Height, "#ffffff", radius: 10);
        card.Add(new XAttribute("stroke", "#e2e4ea"));
        yield return card;
        yield return Svg.Text(Padding, 24, 13, RhythmPicture.Ink, Rhythm.Name);
        XElement recall = Svg.Text(Width - Padding, 24, 11, RhythmPicture.Pale, $"named {(100 * Recall).ToString("0", CultureInfo.InvariantCulture)} %");
        recall.Add(new XAttribute("text-anchor", "end"));
        yield return recall;
        foreach (Leader group in Enum.GetValues<Leader>())
        {
            int first = (int)group * Rhythm.GroupSize;
            yield return Svg.Text(Padding, RowTop(first) + RowHeight * Rhythm.GroupSize / 2 + 4, 12, s_colours[(int)group], $"{group}");
            yield return Path("spikes", s_colours[(int)group], Strokes(first));
            XElement counts = Path("counts", s_colours[(int)group], Bars(first));
            counts.Add(new XAttribute("fill-opacity", 0.4));
            yield return counts;
        }
    }

    private string Strokes(int first)
    {
        var path = new StringBuilder();
        for (int input = first; input < first + Rhythm.GroupSize; input++)
            for (int step = 0; step < Rhythm.Steps; step++)
                if (Recording.Spikes[step * Rhythm.Inputs + input])
                    path.Append(CultureInfo.InvariantCulture, $"M{Left + StepWidth * step} {RowTop(input) + 1}h{StepWidth}v{RowHeight - 2}h-{StepWidth}z");
        return path.ToString();
    }

    private string Bars(int first)
    {
        var path = new StringBuilder();
        for (int input = first; input < first + Rhythm.GroupSize; input++)
            path.Append(CultureInfo.InvariantCulture, $"M{BarsLeft} {RowTop(input) + 2}h{BarUnit * Recording.Counts[input]}v{RowHeight - 4}H{BarsLeft}z");
        return path.ToString();
    }

    private static int RowTop(int input) => Top + RowHeight * input + GroupGap * (input / Rhythm.GroupSize);

    private static XElement Path(string kind, string fill, string data)
        => new(Svg.Space + "path", new XAttribute("class", kind), new XAttribute("fill", fill), new XAttribute("d", data));
}
