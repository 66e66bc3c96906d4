using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>What each class was taken for: a row for each true class, a column for each predicted one.</summary>
internal static class ConfusionPicture
{
    private const double Side = 560;
    private const double LeastCellWithNumber = 26;

    public static SvgPicture Draw(ConfusionMatrix matrix, IReadOnlyList<string>? classNames)
    {
        int classes = matrix.NumberOfClasses;
        if (classNames is not null && classNames.Count != classes)
            throw Trouble.Picture.Argument($"There are {classNames.Count} names of classes, but the confusion matrix has {classes}; give "
                + "one for each, in its order.", nameof(classNames));
        string Name(int i) => classNames?[i] ?? i.ToString(CultureInfo.InvariantCulture);

        double cell = Math.Min(56, Side / classes), left = 170, top = SvgPicture.Top + 36, side = cell * classes;
        double names = Math.Min(110, Enumerable.Range(0, classes).Max(i => Name(i).Length) * 6.6);
        double all = matrix.Counts.Sum(row => row.Sum()), right = Enumerable.Range(0, classes).Sum(i => matrix.Counts[i][i]);
        IEnumerable<int> each = Enumerable.Range(0, classes).Where(i => i % (int)Math.Ceiling(13 / cell) == 0);
        return new SvgPicture(
            "Confusion matrix",
            $"{Whole(right)} of {Whole(all)} right, {Percent(right, all)}; colours show a row's share",
            top + side + 64,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("excitatory", "right"), ("inhibitory", "wrong")),
            Svg.Upwards("quiet", left - 30 - names, top + side / 2, "true class"),
            Svg.Text("quiet", left + side / 2, top - 30, "predicted class", "middle"),
            Svg.Text("quiet", left + side + 16, top - 10, "recall"),
            Svg.Text("quiet", left - 10, top + side + 20, "precision", "end"),
            Svg.Rectangle("grid", left, top, side, side, 0.4),
            Enumerable.Range(0, classes).SelectMany(truth => Enumerable.Range(0, classes)
                .Select(answer => Cell(matrix, truth, answer, left + answer * cell, top + truth * cell, cell, Name))),
            each.Select(i => Svg.Text("ink", left - 10, top + (i + 0.5) * cell + 4, Short(Name(i), 110), "end")),
            each.Select(i => Svg.Text("ink", left + (i + 0.5) * cell, top - 10, Short(Name(i), cell), "middle")),
            each.Select(i => Svg.Text("quiet", left + side + 16, top + (i + 0.5) * cell + 4, Percent(matrix.Counts[i][i], matrix.Counts[i].Sum()))),
            cell < 44 ? null : each.Select(i => Svg.Text("quiet", left + (i + 0.5) * cell, top + side + 20,
                Percent(matrix.Counts[i][i], matrix.Counts.Sum(row => row[i])), "middle")));
    }

    private static XElement? Cell(ConfusionMatrix matrix, int truth, int answer, double x, double y, double cell, Func<int, string> name)
    {
        double count = matrix.Counts[truth][answer];
        if (count == 0) return null;
        // The root lets the few mistakes show beside the many right answers.
        double strength = 0.08 + 0.87 * Math.Sqrt(count / matrix.Counts[truth].Sum());
        return Svg.Group(
            truth == answer ? "right" : "wrong",
            Svg.Hint($"{name(truth)} taken for {name(answer)}: {Whole(count)}"),
            Svg.Rectangle(truth == answer ? "excitatory" : "inhibitory", x + 1, y + 1, cell - 2, cell - 2, strength),
            cell < LeastCellWithNumber ? null : Svg.Text(strength > 0.6 ? "paper" : "ink", x + cell / 2, y + cell / 2 + 4, Whole(count), "middle"));
    }

    // A name that finds no room gives way to its first letters.
    private static string Short(string name, double room)
        => (int)(room / 6.6) is var letters && name.Length <= letters ? name : name[..Math.Max(1, letters - 1)] + "…";

    private static string Whole(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part, double whole) => whole == 0 ? "–" : (100 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
