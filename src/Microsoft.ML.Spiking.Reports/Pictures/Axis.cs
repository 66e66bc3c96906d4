using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>A linear axis and its ticks, a round number apart.</summary>
/// <param name="Title">What it measures, with its unit.</param>
/// <param name="From">Its first value.</param>
/// <param name="To">Its last value; smaller than the first where it runs backwards.</param>
/// <param name="Spacing">From tick to tick.</param>
internal sealed record Axis(string Title, double From, double To, double Spacing)
{
    /// <summary>From 0 to the tick that no value exceeds.</summary>
    public static Axis FromZero(string title, double largest, int ticks = 4)
    {
        double spacing = Round(largest > 0 ? largest / ticks : 0.25);
        return new Axis(title, 0, Math.Max(1, Math.Ceiling(largest / spacing - 1e-9)) * spacing, spacing);
    }

    /// <summary>From the tick that no value falls below to the tick that none exceeds.</summary>
    public static Axis Around(string title, double smallest, double largest, int ticks = 4)
    {
        double spacing = Round(largest > smallest ? (largest - smallest) / ticks : Math.Max(Math.Abs(largest) / 10, 0.01));
        double from = Math.Floor(smallest / spacing + 1e-9), to = Math.Ceiling(largest / spacing - 1e-9);
        return new Axis(title, from * spacing, Math.Max(to, from + 1) * spacing, spacing);
    }

    /// <summary>Whole numbers, with half a unit to spare at both ends.</summary>
    public static Axis Count(string title, int first, int last, int ticks)
        => new(title, first - 0.5, last + 0.5, Math.Max(1, Round((last - first) / (double)ticks)));

    /// <summary>Where a value lies, 0 at the first and 1 at the last.</summary>
    public double Share(double value) => (value - From) / (To - From);

    public IEnumerable<double> Ticks()
    {
        double first = Math.Min(From, To), last = Math.Max(From, To);
        for (double k = Math.Ceiling(first / Spacing - 1e-9); k * Spacing <= last + Spacing * 1e-9; k++) yield return k * Spacing;
    }

    public string Label(double value)
    {
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Spacing) - 1e-9));
        return (value == 0 ? 0 : value).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>The next of 1, 2 and 5 times a power of ten.</summary>
    private static double Round(double spacing)
    {
        if (spacing <= 0) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(spacing) + 1e-9));
        double digits = spacing / power;
        return power * (digits <= 1 + 1e-9 ? 1 : digits <= 2 + 1e-9 ? 2 : digits <= 5 + 1e-9 ? 5 : 10);
    }
}
