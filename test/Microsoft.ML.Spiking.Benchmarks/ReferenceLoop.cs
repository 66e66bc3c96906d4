using TorchSharp;
using static Microsoft.ML.Spiking.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The columns the reference program's way: over time, and within each step column by column, in small tensor operations.</summary>
internal sealed class ReferenceLoop : ColumnEngine
{
    private readonly SpikingNetworkOptions _options;
    private readonly Func<SpikingNetwork, Tensor, Tensor>? _probabilities;
    private readonly float[] _columnWeights;
    private readonly (ReferencePopulation Excitatory, ReferencePopulation Inhibitory)[] _columns;

    /// <param name="options">The network; its neurons reset to 0.</param>
    /// <param name="columnWeights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="probabilities">From rows to the probability that each input spikes, [row, input]; null where only given spikes are run.</param>
    public ReferenceLoop(SpikingNetworkOptions options, float[] columnWeights, int inputs, Func<SpikingNetwork, Tensor, Tensor>? probabilities = null)
    {
        using var scope = NewDisposeScope();
        (_options, _probabilities) = (options, probabilities);
        int excitatory = options.ExcitatoryNeurons, inhibitory = options.NeuronsPerColumn - excitatory;
        Tensor weights = tensor(columnWeights, [options.Columns, options.NeuronsPerColumn, inputs]);
        _columnWeights = columnWeights;
        _columns = [.. Enumerable.Range(0, options.Columns).Select(column => (
            new ReferencePopulation(options.Excitatory, weights[column].narrow(0, 0, excitatory).clone()),
            new ReferencePopulation(options.Inhibitory, weights[column].narrow(0, excitatory, inhibitory).clone())))];
    }

    public override ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(random.Bits(0) >> 1, CPU);
        Tensor p = _probabilities!(network, tensor(rows.ToArray()));
        ColumnPass pass = Run(network, _ => (rand(p.shape, generator: generator) < p).to_type(float32), _options.TimeSteps, p.shape[0]);
        return new ColumnPass(pass.Rates.MoveToOuterDisposeScope(), pass.Accumulated.MoveToOuterDisposeScope());
    }

    /// <summary>Runs given input spikes, [time, batch, input].</summary>
    public ColumnPass Run(SpikingNetwork network, Tensor spikes) => Run(network, step => spikes[step], spikes.shape[0], spikes.shape[1]);

    public override float[] ColumnWeights() => _columnWeights;

    public override void Dispose()
    {
        foreach (var (excitatory, inhibitory) in _columns)
        {
            excitatory.Dispose();
            inhibitory.Dispose();
        }
    }

    private ColumnPass Run(SpikingNetwork network, Func<long, Tensor> spikes, long steps, long batch)
    {
        using var scope = NewDisposeScope();
        foreach (var (excitatory, inhibitory) in _columns)
        {
            excitatory.Rest(batch);
            inhibitory.Rest(batch);
        }
        Tensor[] accumulated = [.. _columns.Select(_ => zeros([batch, _options.NeuronsPerColumn]))];
        var rates = new List<Tensor>();
        for (long step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            rates.Add(Step(network, spikes(step), accumulated).MoveToOuterDisposeScope());
        }
        return new ColumnPass(stack(rates).MoveToOuterDisposeScope(), stack(accumulated, 1).MoveToOuterDisposeScope());
    }

    /// <summary>One time step of all columns; their signed rates, means over the batch, [column].</summary>
    private Tensor Step(SpikingNetwork network, Tensor input, Tensor[] accumulated)
    {
        Tensor[] signed = [.. _columns.Select(column => cat([column.Excitatory.Step(input), -column.Inhibitory.Step(input)], 1))];
        Tensor rates = stack(signed.Select(spikes => spikes.mean([1])), 1);
        Tensor influence = rates.matmul(network.InterColumnWeights().t());
        for (int column = 0; column < accumulated.Length; column++)
        {
            Tensor heard = influence.narrow(1, column, 1);
            // In place, as there; autograd keeps what it needs.
            accumulated[column].add_(signed[column] * heard.mul(_options.Modulation.Rooted()).add(One, One));
        }
        return rates.mean([0]);
    }
}
