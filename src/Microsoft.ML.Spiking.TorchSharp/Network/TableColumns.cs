using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>The columns on a CPU with AVX-512, where their weights lie on a <see cref="WeightGrid"/>: currents from tables, all samples at once.</summary>
/// <remarks>
/// Its spikes equal those of <see cref="CpuColumns"/> and <see cref="TorchColumns"/> to the bit, given equal input. What it draws itself is another
/// stream of the same noise: <see cref="PoissonKernel"/>.
/// </remarks>
internal sealed class TableColumns : ColumnEngine
{
    private readonly SpikingNetworkOptions _options;
    private readonly TableSimulation _columns;
    private readonly float[] _columnWeights;
    private readonly int _inputs, _steps;
    private readonly SampleEncoder _encoder;
    private readonly TrainingSamples? _samples;
    private PackedSpikes? _spikes;
    private BatchActivity? _activity;
    private Tensor? _accumulated;
    private float[] _heard = [];

    private TableColumns(SpikingNetworkOptions options, TableSimulation columns, float[] columnWeights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
        => (_options, _columns, _columnWeights, _inputs, _encoder, _samples, _steps) = (options, columns, columnWeights, inputs, encoder, samples, steps);

    /// <returns>Null where the processor, the weights or the code are not made for tables, or the columns drive each other.</returns>
    public static TableColumns? TryCreate(SpikingNetworkOptions options, float[] columnWeights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
    {
        if (!TableKernel.IsSupported || options.Learning is not Reservoir || options.Code is not PoissonCode || options.Coupling != 0) return null;
        var lanes = new Lanes(options);
        return TableWeights.TryCreate(lanes, columnWeights, inputs) is { } weights
            ? new TableColumns(options, new TableSimulation(lanes, weights), columnWeights, inputs, encoder, samples, steps)
            : null;
    }

    public override ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        if (_spikes?.Batch != rows.Length) _spikes = new PackedSpikes(_steps, _inputs, rows.Length);
        _samples!.Draw(_encoder, rows.ToArray(), random, _spikes);
        return Run(network, _spikes);
    }

    /// <summary>Runs given spikes.</summary>
    public ColumnPass Run(SpikingNetwork network, PackedSpikes spikes)
    {
        int columns = _options.Columns, neurons = _options.NeuronsPerColumn;
        if (_activity?.Batch != spikes.Batch)
        {
            _activity = new BatchActivity(_columns.Lanes, _steps, spikes.Batch);
            _accumulated?.Dispose();
            _accumulated = empty(columns, neurons, spikes.Blocks * PackedSpikes.Lanes, float32, CPU).DetachFromDisposeScope();
        }
        _columns.Show(spikes, _activity);
        _heard = network.Heard();
        _columns.Accumulate(_activity, _heard, (float)_options.Modulation, new FixedFloats(_accumulated!));

        // A view, [batch, column, neuron]: nothing is copied, and the readout's products take it as it lies.
        Tensor accumulated = _accumulated!.narrow(2, 0, spikes.Batch).permute(2, 0, 1);
        accumulated.requires_grad = true;
        return new ColumnPass(tensor(_activity.MeanRates(), [_steps, columns], device: CPU), accumulated)
        {
            SampleRates = _options.Stdp is { ReadsSamples: true } ? tensor(_activity.SampleRates(), [_steps, spikes.Batch, columns], device: CPU) : null,
        };
    }

    /// <summary>∂loss/∂w of the connections, through influence and so through what each spike counts.</summary>
    public override void Backward(SpikingNetwork network, ColumnPass pass)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor accumulated = pass.Accumulated.grad!.permute(1, 2, 0);
        if (accumulated.shape[2] < _accumulated!.shape[2])
        {
            Tensor padded = zeros_like(_accumulated);
            padded.narrow(2, 0, accumulated.shape[2]).copy_(accumulated);
            accumulated = padded;
        }
        float[] gradient = _columns.Backward(_activity!, _heard, (float)_options.Modulation, new FixedFloats(accumulated.contiguous()));

        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= _heard[i] * (1 - _heard[i]);
        network.InterWeights.grad = tensor(gradient, [_options.Columns, _options.Columns], device: CPU);
    }

    public override float[] ColumnWeights() => _columnWeights;

    public override void Dispose() => _accumulated?.Dispose();
}
