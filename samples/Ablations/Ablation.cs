namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A network without one of its parts.</summary>
/// <param name="Name">What is left out.</param>
/// <param name="Change">Leaves it out of a layer.</param>
internal sealed record Ablation(string Name, Func<ColumnLayer, ColumnLayer> Change)
{
    public static IReadOnlyList<Ablation> All { get; } =
    [
        new("nothing: the whole network", layer => layer),
        new("nothing, and columns drive each other", layer => layer with { Coupling = 0.1 }),
        new("modulation by other columns", layer => layer with { Modulation = 0 }),
        // Structural plasticity reads what STDP keeps, so it goes with it.
        new("STDP, and with it structural plasticity", layer => layer with { Plasticity = null, StructuralPlasticity = null }),
        new("structural plasticity", layer => layer with { StructuralPlasticity = null }),
        new("inhibition: all neurons excitatory", layer => layer with { ExcitatoryFraction = 1 }),
        new("homeostasis", layer => layer with { Homeostasis = null }),
        new("surrogate gradients: a frozen reservoir", layer => layer with { Learning = new Reservoir() }),
    ];

    public SpikingNetworkOptions Remove(SpikingNetworkOptions options) => options with { Network = options.Network.EachLayer(Change) };
}
