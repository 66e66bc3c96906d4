using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A layer in training, besides the weights of its inputs: what connects its columns and neurons, and plasticity.</summary>
internal sealed class LayerArrays
{
    private readonly int _index;
    private readonly float[] _before;

    /// <param name="layer">The layer.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="seed">The network's.</param>
    public LayerArrays(Layer layer, int index, int seed)
    {
        (Layer, _index) = (layer, index);
        int nodes = layer.Nodes, own = LayerSeed.Of(seed, index);
        InterWeights = new TrainedArray([nodes, nodes], LayerConnections.Weights(layer, own));
        Topology = LayerConnections.Graph(layer, own).ToAdjacency();
        Plasticity = new PlasticityArrays(nodes, (Columns?.Homeostasis ?? new()).InitialRate);
        if (Columns is { Recurrence: not null } columns) Recurrence = new RecurrentArrays(columns, own);
        _before = new float[nodes * nodes];
    }

    public Layer Layer { get; }

    /// <summary>The layer, where it is one of columns: only their connections learn.</summary>
    public ColumnLayer? Columns => Layer as ColumnLayer;

    /// <summary>Weights between columns, [post, pre].</summary>
    public TrainedArray InterWeights { get; }

    /// <summary>1 where columns are connected, [post, pre].</summary>
    public float[] Topology { get; }

    public PlasticityArrays Plasticity { get; }

    /// <summary>The synapses between its neurons; null where there are none.</summary>
    public RecurrentArrays? Recurrence { get; }

    /// <summary>All of it, for a checkpoint; none where there are no connections.</summary>
    public IEnumerable<StateArray> State => Layer.Nodes == 0 ? [] : ((StateArray[])
    [
        StateArray.Of("inter_columns.weight", InterWeights.Weights, InterWeights.Shape),
        StateArray.Of("inter_columns.topology", Topology, InterWeights.Shape) with { Range = StateRange.Switch },
        .. Plasticity.State, .. Recurrence is null ? [] : (StateArray[])[Recurrence.State],
    ]).Select(array => array with { Name = SpikingModelArrays.Name(_index, array.Name) });

    /// <summary>How much each column hears of each other, [post, pre]: sigmoid(weight) where connected, else 0.</summary>
    public float[] Heard()
    {
        var heard = new float[Topology.Length];
        for (int i = 0; i < heard.Length; i++)
            if (Topology[i] != 0) heard[i] = Logistic.Of(InterWeights.Weights.Span[i]);
        return heard;
    }

    /// <summary>What the weights between the columns are to be measured against.</summary>
    public void BeginMotion() => InterWeights.Weights.Span.CopyTo(_before);

    /// <summary>Σ|Δw| since <see cref="BeginMotion"/>, over what is connected.</summary>
    public float Motion()
    {
        ReadOnlySpan<float> weights = InterWeights.Weights.Span;
        float moved = 0;
        for (int i = 0; i < weights.Length; i++) moved += MathF.Abs((weights[i] - _before[i]) * Topology[i]);
        return moved;
    }

    /// <summary>Structural plasticity: connections go and form.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="levels">How it compares potentials and usages.</param>
    /// <param name="batch">Which batch it is, from 1.</param>
    public IEnumerable<StructuralChange> Restructure(StructuralPlasticity rule, StructuralLevels levels, int batch)
    {
        float[] weights = InterWeights.Weights.Span.ToArray();
        var connections = new Connections(Layer.Nodes, Topology, weights, Plasticity.Potential, Plasticity.Usage, Plasticity.Age);
        StructuralChange[] changes = [.. rule.Apply(connections, levels, batch).Select(change => change with { Layer = _index })];
        weights.CopyTo(InterWeights.Weights.Span);
        return changes;
    }
}
