using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The layers on the CPU, one after the other over all time steps: event-driven kernels, and gradients worked out by hand.</summary>
internal sealed class CpuEngine : ColumnEngine
{
    private readonly CpuLayer[] _layers;
    private readonly int _steps;
    private readonly List<Stimulus> _stimuli = [];
    private SampleEncoder _encoder;

    /// <param name="network">The network.</param>
    /// <param name="weights">Of each layer's inputs, [column, neuron, input].</param>
    /// <param name="inputs">What the first layer reads.</param>
    /// <param name="encoder">How rows become spikes.</param>
    /// <param name="samples">The training data; null where only given spikes are run.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="fields">What each column of the first layer sees; null where all of it.</param>
    public CpuEngine(SpikingNetwork network, float[][] weights, LayerInput inputs, SampleEncoder encoder, TrainingSamples? samples, int steps,
        ReceptiveFields? fields = null)
    {
        (_encoder, Samples, _steps) = (encoder, samples, steps);
        LayerShape[] shapes = network.ShapesOf(inputs);
        _layers = [.. network.Layers.Select((layer, i) => (CpuLayer)(layer switch
        {
            ColumnLayer columns => new CpuColumns(columns, weights[i], shapes[i].Synapses, steps, i == 0 ? fields : null, i == 0 && encoder.ScaleLearns,
                follows: i > 0, network.WindowsOf(i), network.TimeConstantOf(i)),
            ConvolutionLayer maps => new CpuConvolution(maps, weights[i], i == 0 ? inputs : shapes[i - 1].Output, shapes[i], steps,
                i == 0 && encoder.ScaleLearns, follows: i > 0, network.WindowsOf(i), network.TimeConstantOf(i)),
            _ => throw new NotSupportedException($"{layer.GetType().Name} has no form in managed training."),
        }))];
    }

    private CpuEngine(CpuEngine of)
        => (_layers, Samples, _steps, _encoder) = ([.. of._layers.Select(layer => layer.Twin())], of.Samples, of._steps, of._encoder);

    public override IReadOnlyList<LayerActivity> Run(NetworkArrays network, int[] rows, CounterRandom random)
    {
        if (_encoder.ScaleLearns) _encoder = _encoder.With(network.InputScale!.Weights.Span.ToArray());
        while (_stimuli.Count < rows.Length) _stimuli.Add(new Stimulus(_steps));
        Parallel.For(0, rows.Length, sample => Samples!.Draw(_encoder, rows[sample], random.For((ulong)sample), _stimuli[sample]));
        return Run(network, _stimuli, rows.Length);
    }

    /// <summary>Runs given samples.</summary>
    public IReadOnlyList<LayerActivity> Run(NetworkArrays network, IReadOnlyList<Stimulus> stimuli, int batch)
    {
        var layers = new LayerActivity[_layers.Length];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = i == 0 ? _layers[i].Run(network.Layers[i], stimuli, batch) : _layers[i].Run(network.Layers[i], _layers[i - 1], batch);
        return layers;
    }

    public override void Backward(NetworkArrays network, IReadOnlyList<LayerActivity> layers)
    {
        for (int i = _layers.Length - 1; i >= 0; i--) _layers[i].Backward(network.Layers[i], layers[i], i + 1 < _layers.Length ? _layers[i + 1] : null);
        _layers[0].LeaveInputScale(network);
    }

    public override IEnumerable<StateArray> State
        => _layers.SelectMany((layer, i) => layer.State.Select(array => array with { Name = SpikingModelArrays.Name(i, array.Name) }));

    public override float[][] Measured => [.. _layers.SelectMany(layer => layer.Measured)];

    public override void Remember(ReadOnlySpan<float[]> measured)
    {
        foreach (CpuLayer layer in _layers)
        {
            int own = layer.Measured.Length;
            layer.Remember(measured[..own]);
            measured = measured[own..];
        }
    }

    public override ColumnEngine Twin() => new CpuEngine(this);

    public override void Train(GradientDescent descent)
    {
        foreach (CpuLayer layer in _layers) layer.Train(descent);
    }

    public override float[] InputWeights(int layer) => _layers[layer].InputWeights();

    public override Layer? Now(int layer) => _layers[layer].Now();

    public override NeuronInput Learnt(int layer) => _layers[layer].Learnt();
}
