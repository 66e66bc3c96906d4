using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Spiking.Ground;

/// <summary>What options must satisfy, said at the door.</summary>
internal static class Require
{
    /// <exception cref="ArgumentException">The options ask for what cannot be.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds) throw Trouble.Options.Argument(otherwise);
    }

    public static void Positive(double value, string name)
        => That(value > 0 && double.IsFinite(value), $"{name} is {value}, but it must be {Finite(value)}greater than 0.");

    public static void NotNegative(double value, string name)
        => That(value >= 0 && double.IsFinite(value), $"{name} is {value}, but it must {(double.IsFinite(value) ? "" : "be finite and ")}not be negative.");

    public static void Fraction(double value, string name) => That(value is >= 0 and <= 1, $"{name} is {value}, but it must lie between 0 and 1.");

    private static string Finite(double value) => double.IsFinite(value) ? "" : "a finite number ";
}
