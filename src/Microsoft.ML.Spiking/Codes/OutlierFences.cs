namespace Microsoft.ML.Spiking.Codes;

/// <summary>Where outliers begin: twice the width of what the bulk of the values span, below and above it.</summary>
/// <remarks>
/// The bulk is 98 % of the values, and leaves out five of them on either side where they are few, but no more than a quarter. A value that is more than half of
/// all, as 0 is in sparse data, is set aside first: otherwise the rest would seem outliers for being rare. After Tukey 1977, who takes quartiles, which call
/// the tails of skewed data outliers.
/// </remarks>
internal readonly record struct OutlierFences(double Low, double High)
{
    private const double Tail = 0.01, Width = 2;
    private const int FewestValues = 8, LeftOut = 5;

    private static OutlierFences Open { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <param name="sorted">The values, or a sample of them, ascending.</param>
    public static OutlierFences Of(ReadOnlySpan<float> sorted)
    {
        if (sorted.Length < FewestValues) return Open;
        float common = sorted[sorted.Length / 2];
        int first = sorted.IndexOf(common), last = sorted.LastIndexOf(common);
        if (last - first + 1 <= sorted.Length / 2) return Around(sorted, common);
        float[] others = [.. sorted[..first], .. sorted[(last + 1)..]];
        return Around(others, common);
    }

    public bool Holds(double value) => value >= Low && value <= High;

    /// <param name="values">Ascending.</param>
    /// <param name="common">A value that the bulk holds in any case.</param>
    private static OutlierFences Around(ReadOnlySpan<float> values, float common)
    {
        if (values.Length < FewestValues) return Open;
        int tail = Math.Min(Math.Max((int)(Tail * values.Length), LeftOut), values.Length / 4);
        double low = Math.Min(values[tail], common), high = Math.Max(values[^(tail + 1)], common), width = Width * (high - low);
        return width > 0 ? new(low - width, high + width) : Open;
    }
}
