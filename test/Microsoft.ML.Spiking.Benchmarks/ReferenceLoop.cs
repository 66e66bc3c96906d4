using TorchSharp;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The columns the reference program's way: over time, and within each step column by column, in small tensor operations.</summary>
internal sealed class ReferenceLoop : IDisposable
{
    private readonly ColumnLayer _layer;
    private readonly int _steps;
    private readonly Func<NetworkTensors, Tensor, Tensor>? _probabilities;
    private readonly (ReferencePopulation Excitatory, ReferencePopulation Inhibitory)[] _columns;

    /// <param name="network">The network, of one layer; its neurons reset to 0.</param>
    /// <param name="weights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="probabilities">From rows to the probability that each input spikes, [row, input]; null where only given spikes are run.</param>
    public ReferenceLoop(SpikingNetwork network, float[] weights, int inputs, Func<NetworkTensors, Tensor, Tensor>? probabilities = null)
    {
        using var scope = NewDisposeScope();
        (_layer, _steps, _probabilities) = (network.ColumnLayers[0], network.TimeSteps, probabilities);
        int excitatory = _layer.ExcitatoryNeurons, inhibitory = _layer.NeuronsPerColumn - excitatory;
        Tensor ofColumns = tensor(weights, [_layer.Columns, _layer.NeuronsPerColumn, inputs]);
        _columns = [.. Enumerable.Range(0, _layer.Columns).Select(column => (
            new ReferencePopulation((LifNeuron)_layer.Excitatory, ofColumns[column].narrow(0, 0, excitatory).clone()),
            new ReferencePopulation((LifNeuron)_layer.Inhibitory, ofColumns[column].narrow(0, excitatory, inhibitory).clone())))];
    }

    public IReadOnlyList<LayerPass> Run(NetworkTensors network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(random.Bits(0) >> 1, CPU);
        Tensor p = _probabilities!(network, tensor(rows.ToArray()));
        LayerPass pass = Run(network, _ => (rand(p.shape, generator: generator) < p).to_type(float32), _steps, p.shape[0]);
        foreach (Tensor tensor in (Tensor[])[pass.AllRates, pass.Counted, pass.Sign, pass.SignShare]) tensor.MoveToOuterDisposeScope();
        return [pass];
    }

    /// <summary>Runs given input spikes, [time, batch, input].</summary>
    public IReadOnlyList<LayerPass> Run(NetworkTensors network, Tensor spikes)
        => [Run(network, step => spikes[step], spikes.shape[0], spikes.shape[1])];

    public void Dispose()
    {
        foreach (var (excitatory, inhibitory) in _columns)
        {
            excitatory.Dispose();
            inhibitory.Dispose();
        }
    }

    private LayerPass Run(NetworkTensors network, Func<long, Tensor> spikes, long steps, long batch)
    {
        using var scope = NewDisposeScope();
        foreach (var (excitatory, inhibitory) in _columns)
        {
            excitatory.Rest(batch);
            inhibitory.Rest(batch);
        }
        Tensor[] accumulated = [.. _columns.Select(_ => zeros([batch, _layer.NeuronsPerColumn]))];
        var rates = new List<Tensor>();
        for (long step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            rates.Add(Step(network, spikes(step), accumulated).MoveToOuterDisposeScope());
        }
        // What is accumulated has its sign already.
        return new LayerPass(stack(rates).MoveToOuterDisposeScope(), stack(accumulated, 1).MoveToOuterDisposeScope(), ones(1).MoveToOuterDisposeScope(),
            full(1, 1.0 / steps).MoveToOuterDisposeScope());
    }

    /// <summary>One time step of all columns; their signed rates, [batch, column].</summary>
    private Tensor Step(NetworkTensors network, Tensor input, Tensor[] accumulated)
    {
        Tensor[] signed = [.. _columns.Select(column => cat([column.Excitatory.Step(input), -column.Inhibitory.Step(input)], 1))];
        Tensor rates = stack(signed.Select(spikes => spikes.mean([1])), 1);
        Tensor influence = rates.matmul(network.Layers[0].InterColumnWeights().t());
        for (int column = 0; column < accumulated.Length; column++)
        {
            Tensor heard = influence.narrow(1, column, 1);
            // In place, as there; autograd keeps what it needs.
            accumulated[column].add_(signed[column] * heard.mul(_layer.Modulation.Rooted()).add(One, One));
        }
        return rates;
    }
}
