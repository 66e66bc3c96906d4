using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>
/// A class of n_c among n training rows weighs n / (k · n_c), where k classes occur: all count alike, and the mean weight is 1. As
/// <c>class_weight="balanced"</c> in scikit-learn.
/// </summary>
/// <remarks>Rows are counted, whatever their own weights are.</remarks>
public sealed record BalancedWeights : ClassWeights
{
    internal override double[] Of(IReadOnlyList<int> rows, ImmutableArray<string> names)
    {
        double all = rows.Sum(), classes = rows.Count(count => count > 0);
        return [.. rows.Select(count => count > 0 ? all / (classes * count) : 1)];
    }
}
