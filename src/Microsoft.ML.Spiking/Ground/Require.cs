using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>What options must satisfy, said at the door.</summary>
internal static class Require
{
    /// <summary>
    /// The largest size of a number, and the smallest of one that must be above 0, where an option has no bounds of its own: products of a few such numbers,
    /// and sums of many, are far from what a float32 holds.
    /// </summary>
    public const double Most = 1e6, Least = 1e-6;

    /// <exception cref="ArgumentException">The options ask for what cannot be.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds) throw Trouble.Options.Argument(otherwise);
    }

    public static void Given([NotNull] object? value, string name)
        => That(value is not null, $"{name} is null, but there must be one; leave it out for the default.");

    public static void Positive(double value, string name, double least = Least, double most = Most)
    {
        That(value > 0 && double.IsFinite(value), $"{name} is {Said(value)}, but it must be {Finite(value)}greater than 0.");
        Within(value, name, least, most);
    }

    public static void Positive(int value, string name, int most = int.MaxValue)
    {
        That(value > 0, $"{name} is {value}, but it must be greater than 0.");
        That(value <= most, $"{name} is {value}, but it must be at most {most}.");
    }

    public static void NotNegative(double value, string name, double most = Most)
    {
        That(value >= 0 && double.IsFinite(value), $"{name} is {Said(value)}, but it must {(double.IsFinite(value) ? "" : "be finite and ")}not be negative.");
        That(value <= most, $"{name} is {Said(value)}, but it must be at most {Said(most)}.");
    }

    public static void Fraction(double value, string name) => Within(value, name, 0, 1);

    public static void Within(double value, string name, double least = -Most, double most = Most)
        => That(value >= least && value <= most, $"{name} is {Said(value)}, but it must lie between {Said(least)} and {Said(most)}.");

    /// <summary>A number as C# writes it, whatever the machine's culture.</summary>
    public static string Said(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Said(double)"/>
    public static string Said(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Finite(double value) => double.IsFinite(value) ? "" : "a finite number ";
}
