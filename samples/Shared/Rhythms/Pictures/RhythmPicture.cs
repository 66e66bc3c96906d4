using System.Xml.Linq;
using Microsoft.ML.Spiking.Samples.Mnist;

namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>A picture, as SVG, of one recording of each rhythm: the spikes differ in time, their counts do not differ at all.</summary>
internal static class RhythmPicture
{
    public const string Ink = "#242f4b";
    public const string Pale = "#7a8194";

    private const int CardsInRow = 4;
    private const int Gap = 12;
    private const int Margin = 32;
    private const int TitleHeight = 68;

    public static void Write(string path, IReadOnlyList<RhythmCard> cards)
        => WholeFile.Write(path, temporary => File.WriteAllText(temporary, Draw(cards).ToString(SaveOptions.DisableFormatting)));

    public static XElement Draw(IReadOnlyList<RhythmCard> cards)
    {
        int lines = (cards.Count + CardsInRow - 1) / CardsInRow;
        int width = 2 * Margin + CardsInRow * (RhythmCard.Width + Gap) - Gap;
        int height = 2 * Margin + TitleHeight + lines * (RhythmCard.Height + Gap) - Gap;
        return Svg.Page(
            width,
            height,
            Svg.Text(Margin, Margin + 22, 24, Ink, "Told apart by time alone"),
            Svg.Text(Margin, Margin + 46, 14, Pale,
                $"A recording of each: {Rhythm.Inputs} inputs over {Rhythm.Steps} steps. The bars count each input's spikes: {Rhythm.Spikes}, everywhere. Named: how often the spiking network is right."),
            cards.Select((card, i) => new XElement(
                Svg.Space + "g",
                new XAttribute("transform", $"translate({Margin + i % CardsInRow * (RhythmCard.Width + Gap)} {Margin + TitleHeight + i / CardsInRow * (RhythmCard.Height + Gap)})"),
                card.Draw())));
    }
}
