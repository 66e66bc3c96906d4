namespace Microsoft.ML.Spiking.Neurons;

/// <summary>A constant of a <see cref="Neuron"/> as its equations have it, and how it may learn.</summary>
/// <param name="Name">What it is called in a checkpoint; null where it never learns.</param>
/// <param name="Value">The number, in the equations.</param>
/// <param name="Padding">The number of lanes without a neuron, which must never fire.</param>
internal sealed record NeuronConstant(string? Name, float Value, float Padding = 0)
{
    /// <summary>With which of the neurons' constants it learns.</summary>
    public NeuronLearning Learning { get; init; }

    /// <summary>Of a decay, its time constant: it learns by its log-odds, and so stays between 0 and 1. Null of others.</summary>
    public double? TimeConstant { get; init; }

    /// <summary>What one that is no decay stays above: it learns by the logarithm of its distance.</summary>
    public float Floor { get; init; }

    /// <summary>exp(-1 / τ), what a time step leaves.</summary>
    public static NeuronConstant Decay(string name, double timeConstant)
        => new(name, (float)Math.Exp(-1 / timeConstant)) { Learning = NeuronLearning.TimeConstants, TimeConstant = timeConstant };
}
