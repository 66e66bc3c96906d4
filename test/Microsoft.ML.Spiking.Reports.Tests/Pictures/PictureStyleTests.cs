using System.Globalization;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class PictureStyleTests
{
    /// <summary>The least contrast that the Web Content Accessibility Guidelines ask of text is 4.5, of other marks 3.</summary>
    [TestMethod]
    [DataRow("ink", 7)]
    [DataRow("quiet", 4.5)]
    [DataRow("excitatory", 3)]
    [DataRow("inhibitory", 3)]
    [DataRow("third", 3)]
    public void Colours_stand_out_from_the_paper_by_day_and_by_night(string colour, double least)
    {
        string[] halves = PictureStyle.Sheet.Split("@media", 2);
        foreach (string half in halves) Assert.IsGreaterThanOrEqualTo(least, Contrast(Find(half, colour), Find(half, "paper")));
    }

    [TestMethod]
    public void Readers_that_know_no_variables_draw_by_day()
        => Assert.Contains(".spiking .ink{fill:#1f2733;fill:var(--spiking-ink)}", PictureStyle.Sheet);

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Linear(colour, 0) + 0.7152 * Linear(colour, 2) + 0.0722 * Linear(colour, 4);

    private static double Linear(string colour, int at)
    {
        double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static string Find(string sheet, string colour) => sheet.Substring(sheet.IndexOf($"--spiking-{colour}:#", StringComparison.Ordinal) + $"--spiking-{colour}:#".Length, 6);
}
