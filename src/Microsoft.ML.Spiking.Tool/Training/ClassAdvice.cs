using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells a label that is no class: a quantity, or a name of its own for every row.</summary>
internal static class ClassAdvice
{
    // Fewer classes may well be meant; more, with so few rows of each, can hardly be learnt.
    private const int FewClasses = 20, FewRows = 3;

    /// <exception cref="Failure">There is one class alone.</exception>
    public static void Warn(Samples samples, Action<string> warn)
    {
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
}
