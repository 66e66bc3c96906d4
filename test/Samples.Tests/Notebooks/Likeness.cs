using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Samples.Tests.Scripting;

namespace Microsoft.ML.Spiking.Samples.Tests.Notebooks;

/// <summary>Whether a cell says what it said before: the same words, numbers near those, pictures of the same name.</summary>
/// <remarks>Training gives the same numbers on the same machine alone; on another the last digits, and what hangs on them, may differ.</remarks>
internal static partial class Likeness
{
    // A picture's numbers are not compared; a text's may differ by a quarter, small counts by a few.
    private const double Relative = 0.25;
    private const double Absolute = 6;

    public static void AssertAlike(IReadOnlyList<CellOutput> before, IReadOnlyList<CellOutput> now, string place)
    {
        AssertSameKinds(before, now, place);
        foreach (var (was, isNow) in before.Zip(now))
        {
            if (was.MediaType == "image/svg+xml") Assert.AreEqual(Title(was.Content), Title(isNow.Content), place);
            else AssertText(was.Content, isNow.Content, place);
        }
    }

    public static void AssertSameKinds(IReadOnlyList<CellOutput> before, IReadOnlyList<CellOutput> now, string place)
        => CollectionAssert.AreEqual(before.Select(Kind).ToArray(), now.Select(Kind).ToArray(), place);

    private static string Kind(CellOutput output) => $"{output.Kind}, {output.MediaType}";

    private static string Title(string svg) => XElement.Parse(svg).Elements().First(element => element.Name.LocalName == "title").Value;

    private static void AssertText(string before, string now, string place)
    {
        Assert.AreEqual(Words(before), Words(now), place);
        foreach (var (was, isNow) in Numbers(before).Zip(Numbers(now)))
            Assert.IsLessThanOrEqualTo(Math.Max(Absolute, Relative * Math.Abs(was)), Math.Abs(was - isNow), $"{place}: {was} before, {isNow} now.\n{now}");
    }

    /// <summary>What is neither a number nor a drawing of blocks nor blank.</summary>
    private static string Words(string text) => Unsteady().Replace(text, "");

    private static IEnumerable<double> Numbers(string text) => Number().Matches(text).Select(number => double.Parse(number.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    [GeneratedRegex(@"[-+]?\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"[-+]?\d[\d,]*(\.\d+)?|[ \t░▒▓█]+")]
    private static partial Regex Unsteady();
}
