using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The columns on a CPU, where their weights lie on a <see cref="WeightGrid"/>: currents from tables, all samples at once.</summary>
/// <remarks>
/// Its spikes equal those of <see cref="CpuEngine"/> and <c>TorchEngine</c> to the bit, given equal input. What it draws itself is another
/// stream of the same noise: <see cref="PoissonKernel"/>.
/// </remarks>
internal sealed class TableEngine : TrainingEngine
{
    private readonly ColumnLayer _layer;
    private readonly TableSimulation _columns;
    private readonly float[] _weights;
    private readonly int _inputs, _steps;
    private readonly SampleEncoder _encoder;
    private readonly TrainingSamples? _samples;
    private PackedSpikes? _spikes;
    private BatchActivity? _activity;
    private Tensor? _accumulated;
    private float[] _heard = [];

    private TableEngine(ColumnLayer layer, TableSimulation columns, float[] weights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
        => (_layer, _columns, _weights, _inputs, _encoder, _samples, _steps) = (layer, columns, weights, inputs, encoder, samples, steps);

    /// <returns>Null where the weights or the code are not made for tables, the columns drive each other, or there is more than one
    /// layer.</returns>
    public static TableEngine? TryCreate(SpikingNetwork network, float[] weights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
    {
        if (network.Code is not PoissonCode
            || network.ColumnLayers is not [{ Learning: Reservoir, Coupling: 0, Excitatory: LifNeuron } layer]) return null;
        var lanes = new Lanes(layer);
        return TableWeights.TryCreate(lanes, weights, inputs) is { } onGrid
            ? new TableEngine(layer, new TableSimulation(lanes, onGrid, BatchKernels.Fastest), weights, inputs, encoder, samples, steps)
            : null;
    }

    public override IReadOnlyList<LayerPass> Run(NetworkTensors network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        if (_spikes?.Batch != rows.Length) _spikes = new PackedSpikes(_steps, _inputs, rows.Length);
        _samples!.Draw(_encoder, rows.ToArray(), random, _spikes);
        return Run(network.Layers[0], _spikes);
    }

    /// <summary>Runs given spikes.</summary>
    public IReadOnlyList<LayerPass> Run(LayerTensors layer, PackedSpikes spikes)
    {
        int columns = _layer.Columns, neurons = _layer.NeuronsPerColumn;
        if (_activity?.Batch != spikes.Batch)
        {
            _activity = new BatchActivity(_columns.Lanes, _steps, spikes.Batch);
            _accumulated?.Dispose();
            _accumulated = empty(columns, neurons, spikes.Blocks * PackedSpikes.Lanes, float32, CPU).DetachFromDisposeScope();
        }
        _columns.Show(spikes, _activity);
        _heard = layer.Heard();
        _columns.Accumulate(_activity, _heard, (float)_layer.Modulation, new FixedFloats(_accumulated!));

        // A view, [batch, column, neuron]: nothing is copied, and the readout's products take it as it lies.
        Tensor accumulated = _accumulated!.narrow(2, 0, spikes.Batch).permute(2, 0, 1);
        accumulated.requires_grad = true;
        LayerPass pass = new(tensor(_activity.MeanRates(), [_steps, columns], device: CPU), accumulated)
        {
            SampleRates = _layer.Plasticity is { ReadsSamples: true } ? tensor(_activity.SampleRates(), [_steps, spikes.Batch, columns], device: CPU) : null,
        };
        return [pass];
    }

    /// <summary>∂loss/∂w of the connections, through influence and so through what each spike counts.</summary>
    public override void Backward(NetworkTensors network, IReadOnlyList<LayerPass> passes)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor accumulated = passes[0].Accumulated.grad!.permute(1, 2, 0);
        if (accumulated.shape[2] < _accumulated!.shape[2])
        {
            Tensor padded = zeros_like(_accumulated);
            padded.narrow(2, 0, accumulated.shape[2]).copy_(accumulated);
            accumulated = padded;
        }
        float[] gradient = _columns.Backward(_activity!, _heard, (float)_layer.Modulation, new FixedFloats(accumulated.contiguous()));

        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= _heard[i] * (1 - _heard[i]);
        network.Layers[0].InterWeights.grad = tensor(gradient, [_layer.Columns, _layer.Columns], device: CPU);
    }

    public override float[] InputWeights(int layer) => _weights;

    public override void Dispose() => _accumulated?.Dispose();
}
