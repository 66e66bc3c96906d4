using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>A node of a NIR graph (Neuromorphic Intermediate Representation, Pedersen et al. 2024): a computation with its parameters.</summary>
/// <remarks>
/// A closed family: <see cref="NirInput"/>, <see cref="NirOutput"/>, <see cref="NirLinear"/>, <see cref="NirAffine"/>, <see cref="NirLif"/>,
/// <see cref="NirCubaLif"/>, <see cref="NirIf"/>, <see cref="NirLi"/> and <see cref="NirGraph"/>. Times are in seconds.
/// </remarks>
public abstract record NirNode
{
    private protected NirNode() { }

    /// <summary>
    /// What else is known of it, by name: text, Boolean, Int64, Double, <see cref="NirTensor"/>, or texts as ImmutableArray&lt;string&gt;. Nothing that
    /// computes may rely on it.
    /// </summary>
    public ImmutableSortedDictionary<string, object> Metadata { get; init; } = ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <summary>What NIR calls its kind.</summary>
    internal abstract string Kind { get; }

    /// <summary>Its parameters by the names that NIR has for them.</summary>
    internal virtual ImmutableArray<(string Name, NirTensor Value)> Parameters => [];
}
