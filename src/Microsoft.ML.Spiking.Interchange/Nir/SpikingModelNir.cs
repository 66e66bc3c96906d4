using System.Collections.Immutable;
using Microsoft.ML.Spiking.Nir;

namespace Microsoft.ML.Spiking;

/// <summary>Trained networks as NIR graphs, and NIR graphs as networks.</summary>
public static class SpikingModelNir
{
    /// <summary>The time step that snnTorch takes NIR files to have, in seconds.</summary>
    public const double DefaultTimeStep = 1e-4;

    /// <summary>
    /// The network as a NIR graph: of each layer its synapses, and its excitatory and inhibitory neurons apart; and its readout where NIR can say it
    /// exactly, which is where it is linear and nothing modulates.
    /// </summary>
    /// <remarks>
    /// The graph's input is what the first layer is shown in each time step. Where it ends in scores, they are the mean of what its Output gives over the
    /// time steps; else its Output gives the spikes of the neurons that the readout reads. (Of more than 2,048, each population has an Output of its own.)
    /// </remarks>
    /// <param name="model">The network.</param>
    /// <param name="timeStep">
    /// What a time step is in seconds, which decides the time constants in the graph: the program that reads it must take the same. Default 1e-4, which
    /// snnTorch takes always; Norse takes what it is told, dt=1e-4.
    /// </param>
    /// <param name="classNames">What the classes are called; kept as metadata. Default: nothing.</param>
    /// <exception cref="ArgumentException">The time step is none, or there are names of other than the network's classes.</exception>
    /// <exception cref="NotSupportedException">A layer is what NIR cannot say exactly; the message says which and why.</exception>
    public static NirExport ToNir(this SpikingModel model, double timeStep = DefaultTimeStep, ImmutableArray<string> classNames = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new NirExporter(model, timeStep).Run(classNames);
    }

    /// <summary>
    /// The graph as a network of ours, where that computes the same: CubaLIF neurons that leak to 0, of one or two types in a layer, each layer reading the one
    /// before through Linear or Affine nodes, and one linear readout or none. <see cref="NirSimulation"/> runs other graphs.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">What NIR does not say: the time step, and what the network is shown.</param>
    /// <exception cref="NotSupportedException">It does not compute the same; the message names the node, and says what is different.</exception>
    /// <exception cref="ArgumentException">The graph cannot be computed, or an option cannot be.</exception>
    public static SpikingModel ToSpikingModel(this NirGraph graph, NirNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        return new NirImporter(graph, options).Run();
    }
}
