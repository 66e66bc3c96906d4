namespace Microsoft.ML.Spiking.Neurons;

/// <summary>A constant of a <see cref="Neuron"/> as its equations have it, and how it may learn.</summary>
/// <param name="Name">What it is called in a checkpoint; null where it never learns.</param>
/// <param name="Value">The number, in the equations.</param>
/// <param name="Padding">The number of lanes without a neuron, which must never fire.</param>
internal sealed record NeuronConstant(string? Name, float Value, float Padding = 0)
{
    // Log-odds beyond which a decay is 0 or 1 in float32.
    private const double FurthestLogit = 80;

    /// <summary>With which of the neurons' constants it learns.</summary>
    public NeuronLearning Learning { get; init; }

    /// <summary>Of a decay, its time constant: it learns by its log-odds, and so stays between 0 and 1. Null of others.</summary>
    public double? TimeConstant { get; init; }

    /// <summary>What one that is no decay stays above: it learns by the logarithm of its distance.</summary>
    public float Floor { get; init; }

    /// <summary>
    /// Where learning starts from, the number at a deviation δ of 0: of a decay its log-odds, decay = sigmoid(start + δ), which stays between 0 and 1; of
    /// others their distance from the floor, other = floor + start · exp(δ), which stays above it.
    /// </summary>
    public double Start => TimeConstant is { } time ? Math.Clamp(-Math.Log(Math.Exp(1 / time) - 1), -FurthestLogit, FurthestLogit) : (double)Value - Floor;

    /// <summary>Whether it learns with such constants.</summary>
    public bool LearnsWith(NeuronLearning learns) => Name is not null && (learns & Learning) != 0;

    /// <summary>The number in the equations once it has moved by a deviation δ.</summary>
    public float At(float deviation)
        => (float)(TimeConstant is null ? Floor + Start * Math.Exp(deviation) : 1 / (1 + Math.Exp(-(Start + deviation))));

    /// <summary>∂number/∂δ there.</summary>
    public float SlopeAt(float deviation) => TimeConstant is null ? At(deviation) - Floor : At(deviation) * (1 - At(deviation));

    /// <summary>What the options say of it there: of a decay its time constant, of others the number.</summary>
    public double OptionAt(float deviation) => TimeConstant is null ? At(deviation) : 1 / double.LogP1(Math.Exp(-(Start + deviation)));

    /// <summary>exp(-1 / τ), what a time step leaves.</summary>
    public static NeuronConstant Decay(string name, double timeConstant)
        => new(name, (float)Math.Exp(-1 / timeConstant)) { Learning = NeuronLearning.TimeConstants, TimeConstant = timeConstant };
}
