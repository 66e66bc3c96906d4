using Microsoft.ML.Spiking.Plasticity;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>How large a layer is before it is trained.</summary>
/// <param name="Columns">Cortical columns.</param>
/// <param name="NeuronsPerColumn">Neurons in each of them.</param>
/// <param name="Neurons">Neurons in all.</param>
/// <param name="InputSynapses">Synapses from inputs to neurons.</param>
/// <param name="TrainedSynapses">As many of them as learn.</param>
/// <param name="Connections">Connections from column to column, at the start.</param>
internal sealed record LayerSize(int Columns, int NeuronsPerColumn, long Neurons, long InputSynapses, long TrainedSynapses, long Connections)
{
    /// <param name="layer">The layer.</param>
    /// <param name="fanIn">Inputs that a neuron sees.</param>
    public static LayerSize Of(ColumnLayer layer, int fanIn)
    {
        long neurons = (long)layer.Columns * layer.NeuronsPerColumn, synapses = neurons * fanIn;
        return new LayerSize(layer.Columns, layer.NeuronsPerColumn, neurons, synapses, layer.Learning is Surrogate ? synapses : 0,
            (long)layer.Columns * layer.Wired.Neighbours);
    }
}
