using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells a label that is no class: a quantity, a name for every row, a mark of a missing value, or another class written otherwise.</summary>
internal static class ClassAdvice
{
    // Fewer classes may well be meant; more, with so few rows of each, can hardly be learnt.
    private const int FewClasses = 20, FewRows = 3;

    /// <exception cref="Failure">There is one class alone.</exception>
    public static void Warn(Samples samples, Action<string> warn)
    {
        WarnOfNames(LabelValues.Of(samples.View.Schema[Samples.Label])?.Texts ?? [], warn);
        if (LabelValues.Of(samples.View.Schema[Samples.Label])?.Texts is [var only])
            throw Failure.Input($"The label of {samples.Source} has one class, '{only}', but training tells two or more apart.",
                "give rows of other classes too, or name another column with --label.");
        if (LabelValues.Of(samples.View.Schema[Samples.Label])?.Texts is not { Length: >= FewClasses } classes) return;
        double[] numbers =
            [.. classes.Select(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        bool quantity = numbers.All(double.IsFinite) && numbers.Any(number => number != Math.Floor(number));
        long rows = samples.Names?.Count ?? samples.View.GetColumn<uint>(Samples.Label).LongCount(key => key > 0);
        if (quantity || rows < FewRows * classes.Length)
            warn($"The label has {Text.Count(classes.Length)} classes in {Text.Count(rows)} "
                + $"rows{(numbers.All(double.IsFinite) ? " and they are numbers, a quantity as it seems" : "")}. "
                + "The tool learns to tell classes apart; there is no regression yet. Make a few classes of it, ranges say, or name another column with "
                + "--label.");
    }

    private static void WarnOfNames(IReadOnlyList<string> classes, Action<string> warn)
    {
        string[] alike = [.. classes.GroupBy(Meaning).Where(names => names.Count() > 1).Select(names => string.Join(" and ", names.Select(Text.Short)))];
        if (alike.Length > 0)
            warn($"Classes of the label are written alike but for capitals, or are the same number: {Text.List(alike)}. Each is learnt as a class of its own; "
                + "where they are one, write them in one way.");
        string[] marks = [.. classes.Where(Cell.IsMissing)];
        if (marks.Length > 0)
            warn($"The label has the {(marks.Length == 1 ? "class" : "classes")} {Text.List(marks)}, which elsewhere "
                + $"{(marks.Length == 1 ? "stands" : "stand")} for no value; leave the cell empty where a row has no label.");
    }

    /// <summary>What a class's name says, however it is written; letters that are classes of their own differ by capitals.</summary>
    private static string Meaning(string name)
        => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number.ToString("R", CultureInfo.InvariantCulture)
            : name.Length == 1 ? name
            : name.ToUpperInvariant();
}
