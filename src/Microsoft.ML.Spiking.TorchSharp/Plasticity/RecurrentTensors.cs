using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>The synapses between a layer's neurons in training, <see cref="Recurrence"/>, on tensors.</summary>
internal sealed class RecurrentTensors : IDisposable
{
    private readonly long _columns, _neurons;
    private readonly double _share;
    private readonly Tensor _sends, _receives;   // products, and no indices, whose gradient is a sum in no fixed order on a GPU

    /// <param name="layer">The layer, which has such synapses.</param>
    /// <param name="seed">Its own.</param>
    /// <param name="device">Where to compute.</param>
    public RecurrentTensors(ColumnLayer layer, int seed, Device device)
    {
        using var scope = NewDisposeScope();
        (_columns, _neurons, _share) = (layer.Columns, layer.NeuronsPerColumn, layer.Recurrence!.GradientShare);
        Graph = RecurrentInitialiser.Graph(layer, seed);
        (int Post, int Pre)[] pairs = [.. Enumerable.Range(0, layer.Columns * layer.Columns).Select(i => (i / layer.Columns, i % layer.Columns))
            .Where(pair => Graph[pair.Item1, pair.Item2])];
        float[] sends = new float[pairs.Length * layer.Columns], receives = new float[pairs.Length * layer.Columns];
        for (int i = 0; i < pairs.Length; i++) sends[i * layer.Columns + pairs[i].Pre] = receives[pairs[i].Post * pairs.Length + i] = 1;
        _sends = sends.Aligned([pairs.Length, _columns], device).DetachFromDisposeScope();
        _receives = receives.Aligned([_columns, pairs.Length], device).DetachFromDisposeScope();
        Weights = (Parameter)nn.Parameter(
            RecurrentInitialiser.Draw(layer, seed).Aligned([pairs.Length, _neurons, _neurons], device), layer.Learning is Surrogate).DetachFromDisposeScope();
    }

    /// <summary>Which columns' neurons hear which columns'.</summary>
    public Graph Graph { get; }

    /// <summary>The weights, [pair of columns, post, pre].</summary>
    public Parameter Weights { get; }

    /// <summary>The weights, for a checkpoint.</summary>
    public StateArray State => Weights.As(SpikingModelArrays.RecurrentWeights);

    /// <summary>From the spikes of a step, [batch, neuron], to what each neuron receives of them in the next.</summary>
    public Tensor Heard(Tensor spikes)
    {
        Tensor sent = _sends.matmul(Shared(spikes).view(-1, _columns, _neurons)).transpose(0, 1);
        return _receives.matmul(sent.bmm(Weights.transpose(1, 2)).transpose(0, 1)).flatten(1);
    }

    /// <summary>The same spikes, to the bit, of whose gradient a share goes back.</summary>
    private Tensor Shared(Tensor spikes)
    {
        if (_share == 1) return spikes;
        Tensor apart = spikes.detach();
        return _share == 0 ? apart : apart.add(spikes.sub(apart).mul(_share.Rooted()), RootedScalars.One);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[_sends, _receives, Weights]) tensor.Dispose();
    }
}
