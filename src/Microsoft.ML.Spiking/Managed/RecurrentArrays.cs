using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The synapses between a layer's neurons in training.</summary>
internal sealed class RecurrentArrays
{
    private readonly float _share;

    /// <param name="layer">The layer, which has such synapses.</param>
    /// <param name="seed">Its own.</param>
    public RecurrentArrays(ColumnLayer layer, int seed)
    {
        Graph = RecurrentInitialiser.Graph(layer, seed);
        var synapses = new RecurrentSynapses(new Lanes(layer), Graph);
        Weights = new RecurrentWeights(synapses, RecurrentInitialiser.Draw(layer, seed));
        int[] shape = [layer.RecurrentPairs, layer.NeuronsPerColumn, layer.NeuronsPerColumn];
        Order = WeightOrder.Of(synapses, shape);
        if (layer.Learning is not Surrogate) return;
        _share = (float)layer.Recurrence!.GradientShare;
        Reversed = new RecurrentWeights(synapses.Reversed());
        Trained = new TrainedArray([synapses.Length], Weights.Values, new AlignedFloats(synapses.Length)) { Order = Order };
    }

    /// <summary>Which columns' neurons hear which columns'.</summary>
    public Graph Graph { get; }

    /// <summary>The weights.</summary>
    public RecurrentWeights Weights { get; }

    /// <summary>
    /// The weights the other way round, times what of the gradient goes back by them, once they have been <see cref="Reverse"/>d; null where they do not learn.
    /// </summary>
    public RecurrentWeights? Reversed { get; }

    /// <summary>The weights as the optimiser trains them; null where they do not learn.</summary>
    public TrainedArray? Trained { get; }

    /// <summary>The weights, for a checkpoint.</summary>
    public StateArray State => StateArray.Of(SpikingModelArrays.RecurrentWeights, Weights.Values).In(Order);

    private WeightOrder Order { get; }

    /// <summary>The weights as they are stored, [pair of columns, post, pre].</summary>
    public float[] ToPairs() => Weights.Synapses.ToPairs(Weights.Values.Span);

    /// <summary>Brings <see cref="Reversed"/> up to the weights.</summary>
    public void Reverse() => Weights.Synapses.Reverse(Weights.Values, Reversed!.Synapses, Reversed.Values, _share);
}
