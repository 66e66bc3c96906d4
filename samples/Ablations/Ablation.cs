namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A network without one of its parts.</summary>
/// <param name="Name">What is left out.</param>
/// <param name="Remove">Leaves it out.</param>
internal sealed record Ablation(string Name, Func<SpikingNetworkOptions, SpikingNetworkOptions> Remove)
{
    public static IReadOnlyList<Ablation> All { get; } =
    [
        new("nothing: the whole network", options => options),
        new("nothing, and columns drive each other", options => options with { Coupling = 0.1 }),
        new("modulation by other columns", options => options with { Modulation = 0 }),
        // Structural plasticity reads what STDP keeps, so it goes with it.
        new("STDP, and with it structural plasticity", options => options with { Stdp = null, StructuralPlasticity = null }),
        new("structural plasticity", options => options with { StructuralPlasticity = null }),
        new("inhibition: all neurons excitatory", options => options with { ExcitatoryFraction = 1 }),
        new("homeostasis", options => options with { Homeostasis = null }),
        new("surrogate gradients: a frozen reservoir", options => options with { Learning = new Reservoir() }),
    ];
}
