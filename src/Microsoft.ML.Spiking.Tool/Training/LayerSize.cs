using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>How large a layer is before it is trained.</summary>
/// <param name="Columns">Cortical columns, or channels.</param>
/// <param name="NeuronsPerColumn">Neurons in each of them, before any pooling.</param>
/// <param name="Neurons">Neurons in all.</param>
/// <param name="InputSynapses">Synapses from inputs to neurons.</param>
/// <param name="RecurrentSynapses">Synapses from neuron to neuron.</param>
/// <param name="TrainedSynapses">As many of both as learn.</param>
/// <param name="Connections">Connections from column to column, at the start.</param>
internal sealed record LayerSize(
    int Columns, int NeuronsPerColumn, long Neurons, long InputSynapses, long RecurrentSynapses, long TrainedSynapses, long Connections)
{
    /// <summary>What it is, in words.</summary>
    [JsonIgnore]
    public string Words { get; private init; } = "";

    /// <param name="layer">The layer.</param>
    /// <param name="shape">What it is.</param>
    /// <param name="fanIn">Synapses of each neuron.</param>
    public static LayerSize Of(Layer layer, LayerShape shape, int fanIn)
    {
        long neurons = (long)shape.Groups * shape.Firing, synapses = neurons * fanIn;
        var columns = layer as ColumnLayer;
        long within = columns is null ? 0 : (long)columns.RecurrentPairs * columns.NeuronsPerColumn * columns.NeuronsPerColumn;
        return new LayerSize(shape.Groups, shape.Firing, neurons, synapses, within,
            layer.Learning is Surrogate ? (long)layer.WeightSets * fanIn + within : 0, columns is null ? 0 : (long)columns.Columns * columns.Wired.Neighbours)
        {
            Words = layer.Said(shape),
        };
    }
}
