namespace Microsoft.ML.Spiking.Codes;

/// <summary>What the values of an input, or of all inputs together, are like, outliers left out.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
/// <param name="Change">Root mean square of the changes from one time step to the next; 0 where the column is no sequence.</param>
internal readonly record struct FeatureRange(double Mean, double Deviation, double Low, double High, double Change)
{
    /// <summary>How far the values reach; 0 for an input that is always the same.</summary>
    public double Span => High - Low;
}
