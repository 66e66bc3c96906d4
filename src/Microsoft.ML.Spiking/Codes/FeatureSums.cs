namespace Microsoft.ML.Spiking.Codes;

/// <summary>What is summed up of the values of an input, or of all inputs, outliers and all.</summary>
/// <param name="Count">How many values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Squares">Sum of their squares.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
/// <param name="Change">Root mean square of the changes from one time step to the next.</param>
internal readonly record struct FeatureSums(long Count, double Sum, double Squares, double Low, double High, double Change)
{
    public double Mean => Sum / Count;

    public double Deviation => Math.Sqrt(Math.Max(0, Squares / Count - Mean * Mean));

    /// <summary>What the values are like without outliers: as summed up where there are none, else as the sample has it.</summary>
    /// <param name="sample">Some of the values; sorted in place.</param>
    public FeatureRange Range(float[] sample)
    {
        sample.AsSpan().Sort();
        OutlierFences fences = OutlierFences.Of(sample);
        bool low = fences.Holds(Low), high = fences.Holds(High);
        if (low && high) return new FeatureRange(Mean, Deviation, Low, High, Change);
        float[] held = [.. sample.Where(value => fences.Holds(value))];
        double mean = held.Average(value => (double)value);
        return new FeatureRange(mean, Math.Sqrt(held.Average(value => (value - mean) * (value - mean))), low ? Low : held[0], high ? High : held[^1], Change);
    }
}
