using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How much the rows of each class count in the loss and in the accuracies that training reports.</summary>
/// <remarks>
/// A closed family, since it is stored in models: <see cref="BalancedWeights"/> and <see cref="GivenWeights"/>. Weights make a network find more of the rare
/// classes, at the price of more rows of the common ones that are taken for them; its probabilities are those of data in which the classes come as often as
/// they weigh.
/// </remarks>
[JsonDerivedType(typeof(BalancedWeights), "balanced")]
[JsonDerivedType(typeof(GivenWeights), "given")]
public abstract record ClassWeights
{
    private protected ClassWeights() { }

    /// <summary>The rarer, the heavier: each class counts as much as any other, <see cref="BalancedWeights"/>.</summary>
    public static ClassWeights Balanced { get; } = new BalancedWeights();

    /// <summary>
    /// Weights by the classes' names, <see cref="GivenWeights"/>, as in <c>ClassWeights.Of(("fraud", 20))</c>; a class that is not named weighs 1.
    /// </summary>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public static ClassWeights Of(params ReadOnlySpan<(string Name, double Weight)> weights)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (name, weight) in weights)
        {
            Require.That(!all.ContainsKey(name), $"ClassWeights names the class '{name}' twice; keep one.");
            all.Add(name, weight);
        }
        return new GivenWeights { Weights = all.ToImmutable() };
    }

    /// <summary>The weight of each class, [K].</summary>
    /// <param name="rows">Training rows of each class, [K].</param>
    /// <param name="names">What the classes are called, [K].</param>
    /// <exception cref="ArgumentException">The weights are of other classes.</exception>
    internal abstract double[] Of(IReadOnlyList<int> rows, ImmutableArray<string> names);

    internal virtual void Check() { }
}
