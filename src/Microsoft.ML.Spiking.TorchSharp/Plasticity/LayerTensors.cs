using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>The tensors of a layer in training, besides the weights of its inputs: what connects its columns and neurons, and plasticity.</summary>
internal sealed class LayerTensors : IDisposable
{
    private readonly int _index;

    /// <param name="layer">The layer.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="seed">The network's.</param>
    /// <param name="device">Where to compute.</param>
    public LayerTensors(Layer layer, int index, int seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Layer, _index) = (layer, index);
        int nodes = layer.Nodes, own = LayerSeed.Of(seed, index);
        InterWeights = (Parameter)nn.Parameter(LayerConnections.Weights(layer, own).Aligned([nodes, nodes], device)).DetachFromDisposeScope();
        Topology = LayerConnections.Graph(layer, own).ToAdjacency().Aligned([nodes, nodes], device).DetachFromDisposeScope();
        if (Columns is { Recurrence: not null } columns) Recurrence = new RecurrentTensors(columns, own, device);
        Plasticity = new PlasticityState(nodes, (Columns?.Homeostasis ?? new()).InitialRate, device);
    }

    public Layer Layer { get; }

    /// <summary>The layer, where it is one of columns: only their connections learn.</summary>
    public ColumnLayer? Columns => Layer as ColumnLayer;

    /// <summary>Weights between columns, [post, pre].</summary>
    public Parameter InterWeights { get; }

    /// <summary>1 where columns are connected, [post, pre]. Another tensor when that changes: the gradient still needs the one that it was.</summary>
    public Tensor Topology { get; private set; }

    public PlasticityState Plasticity { get; }

    /// <summary>The synapses between its neurons; null where there are none.</summary>
    public RecurrentTensors? Recurrence { get; }

    /// <summary>All of it, for a checkpoint; none where there are no connections.</summary>
    public IEnumerable<StateArray> State => Layer.Nodes == 0 ? [] :
        ((StateArray[])
        [
            InterWeights.As("inter_columns.weight"), Topology.As("inter_columns.topology") with { Range = StateRange.Switch }, .. Plasticity.State,
            .. Recurrence is null ? [] : (StateArray[])[Recurrence.State],
        ])
            .Select(array => array with { Name = SpikingModelArrays.Name(_index, array.Name) });

    /// <summary>How much each column hears of each other, [post, pre].</summary>
    public Tensor InterColumnWeights() => InterWeights.sigmoid() * Topology;

    /// <summary>Connects the columns otherwise.</summary>
    /// <param name="topology">1 where they are connected, [post, pre].</param>
    public void Rewire(float[] topology)
    {
        using var scope = NewDisposeScope();
        Tensor changed = empty_like(Topology).copy_(tensor(topology, Topology.shape, device: CPU)).DetachFromDisposeScope();
        Topology.Dispose();
        Topology = changed;
    }

    public void Dispose()
    {
        InterWeights.Dispose();
        Topology.Dispose();
        Recurrence?.Dispose();
        Plasticity.Dispose();
    }
}
