using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Weights by the classes' names. Only their ratios matter.</summary>
public sealed record GivenWeights : ClassWeights
{
    /// <summary>
    /// The weight of each class, greater than 0, by its name: the label's key value as text, "0", "1" and so on where it has none, "False" and "True" of a
    /// Boolean. A class that is not named weighs 1. Default empty.
    /// </summary>
    public ImmutableSortedDictionary<string, double> Weights { get; init => field = value?.WithComparers(StringComparer.Ordinal)!; }
        = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(GivenWeights? other) => other is not null && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override int GetHashCode() => Weights.Aggregate(0, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    internal override double[] Of(IReadOnlyList<int> rows, ImmutableArray<string> names)
    {
        foreach (string name in Weights.Keys)
            if (!names.Contains(name))
                throw Trouble.Fit.Argument(
                    $"ClassWeights names the class '{name}', but the label knows {NameList.Said(names)}; call it as the label does.");
        return [.. names.Select(name => Weights.GetValueOrDefault(name, 1))];
    }

    internal override void Check()
    {
        Require.Given(Weights, "ClassWeights.Weights");
        Require.That(!Weights.IsEmpty, "ClassWeights names no class, but at least one must weigh other than 1; leave it null for classes that count alike.");
        foreach (var (name, weight) in Weights) Require.Positive(weight, $"ClassWeights of '{name}'");
    }
}
