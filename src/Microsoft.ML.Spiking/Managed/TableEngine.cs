using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The columns on a CPU, where their weights lie on a <see cref="WeightGrid"/>: currents from tables, all samples at once.</summary>
/// <remarks>
/// Its spikes equal those of <see cref="CpuEngine"/> and <c>TorchEngine</c> to the bit, given equal input. What it draws itself is another
/// stream of the same noise: <see cref="PoissonKernel"/>.
/// </remarks>
internal sealed class TableEngine : ColumnEngine
{
    private readonly ColumnLayer _layer;
    private readonly TableSimulation _columns;
    private readonly float[] _weights;
    private readonly int _inputs, _steps;
    private readonly SampleEncoder _encoder;
    private PackedSpikes? _spikes;
    private BatchActivity? _activity;
    private NeuronSums _accumulated = NeuronSums.BySample(0, 0, 0), _backwards = NeuronSums.BySample(0, 0, 0);
    private float[] _heard = [];

    private TableEngine(ColumnLayer layer, TableSimulation columns, float[] weights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
        => (_layer, _columns, _weights, _inputs, _encoder, Samples, _steps) = (layer, columns, weights, inputs, encoder, samples, steps);

    /// <returns>Null where the weights or the code are not made for tables, the columns drive each other, the readout tells early
    /// from late or forgets, or there is more than one layer.</returns>
    public static TableEngine? TryCreate(SpikingNetwork network, float[] weights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps)
    {
        if (network.Code is not PoissonCode || network.Readout is not { Windows: 1, TimeConstant: null }
            || network.Layers is not [ColumnLayer { Learning: Reservoir, StepsTogether: false, Excitatory: LifNeuron, HasDelays: false } layer]) return null;
        var lanes = new Lanes(layer);
        return TableWeights.TryCreate(lanes, weights, inputs) is { } onGrid
            ? new TableEngine(layer, new TableSimulation(lanes, onGrid, BatchKernels.Fastest), weights, inputs, encoder, samples, steps)
            : null;
    }

    public override IReadOnlyList<LayerActivity> Run(NetworkArrays network, int[] rows, CounterRandom random)
    {
        if (_spikes?.Batch != rows.Length) _spikes = new PackedSpikes(_steps, _inputs, rows.Length);
        Samples!.Draw(_encoder, rows, random, _spikes);
        return Run(network.Layers[0], _spikes);
    }

    /// <summary>Runs given spikes.</summary>
    public IReadOnlyList<LayerActivity> Run(LayerArrays layer, PackedSpikes spikes)
    {
        if (_activity?.Batch != spikes.Batch)
        {
            _activity = new BatchActivity(_columns.Lanes, _steps, spikes.Batch);
            _accumulated = NeuronSums.ByNeuron(spikes.Batch, _layer.Columns, _layer.NeuronsPerColumn, spikes.Blocks * PackedSpikes.Lanes);
            _backwards = _accumulated.Alike();
        }
        _columns.Show(spikes, _activity);
        _heard = layer.Heard();
        _columns.Accumulate(_activity, _heard, (float)_layer.Modulation, _accumulated.Values);
        return [new LayerActivity(_activity.MeanRates(), _accumulated, _backwards)
        {
            SampleRates = _layer.Plasticity is { ReadsSamples: true } ? _activity.SampleRates() : null,
        }];
    }

    /// <summary>∂loss/∂w of the connections, through influence and so through what each spike counts.</summary>
    public override void Backward(NetworkArrays network, IReadOnlyList<LayerActivity> layers)
    {
        float[] gradient = _columns.Backward(_activity!, _heard, (float)_layer.Modulation, layers[0].Gradient.Values);
        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        Span<float> ofWeights = network.Layers[0].InterWeights.Gradient.Span;
        for (int i = 0; i < gradient.Length; i++) ofWeights[i] = gradient[i] * (_heard[i] * (1 - _heard[i]));
    }

    public override ColumnEngine Twin() => new TableEngine(_layer, _columns, _weights, _inputs, _encoder, Samples, _steps);

    public override float[] InputWeights(int layer) => _weights;
}
