using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The layers as plain tensor operations, on any device, one after the other over all time steps.</summary>
/// <remarks>
/// Autograd differentiates what a loss makes of the spikes. Where a layer learns, a spike is differentiated by its <see cref="SurrogateGradient"/>: of
/// <see cref="LifScan"/>'s neurons by hand, of others, step by step, by autograd again.
/// </remarks>
internal sealed class TorchEngine : IDisposable
{
    private readonly SpikingNetwork _network;
    private DeviceSamples? _samples;
    private readonly TorchLayer[] _layers;
    private Tensor? _probability;

    /// <param name="network">The network.</param>
    /// <param name="weights">Of each layer's inputs, [column, neuron, input].</param>
    /// <param name="inputs">What the first layer reads.</param>
    /// <param name="samples">The training data, on the device; null where only given spikes are run.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="fields">What each column of the first layer sees; null where all of it.</param>
    /// <param name="byStep">Whether all neurons take each step by itself, as autograd differentiates them: what the tests hold the other way against.</param>
    /// <param name="kernels">What takes all steps of neurons in one launch; null where nothing does.</param>
    public TorchEngine(
        SpikingNetwork network, float[][] weights, LayerInput inputs, DeviceSamples? samples, Device device, ReceptiveFields? fields = null,
        bool byStep = false, FusedKernels? kernels = null)
    {
        (_network, _samples) = (network, samples);
        LayerShape[] shapes = network.ShapesOf(inputs);
        _layers = [.. network.Layers.Select((layer, i) => (TorchLayer)(layer switch
        {
            ColumnLayer columns => new TorchColumns(columns, weights[i], shapes[i].Synapses, device, i == 0 ? fields : null, byStep, kernels)
            {
                Windows = network.WindowsOf(i), TimeConstant = network.TimeConstantOf(i), ReadsOn = network.ReadoutOf(i) is { Readings: > 1 },
            },
            ConvolutionLayer maps => new TorchConvolution(maps, weights[i], i == 0 ? inputs : shapes[i - 1].Output, shapes[i], device, byStep)
            {
                Windows = network.WindowsOf(i), TimeConstant = network.TimeConstantOf(i), ReadsOn = network.ReadoutOf(i) is { Readings: > 1 },
            },
            _ => throw new NotSupportedException($"{layer.GetType().Name} has no form on tensors."),
        }))];
    }

    public IReadOnlyList<TorchLayer> Layers => _layers;

    /// <summary>What learns in the layers besides their weights, for a checkpoint.</summary>
    public IEnumerable<StateArray> State
        => _layers.SelectMany((layer, i) => layer.State.Select(array => array with { Name = SpikingModelArrays.Name(i, array.Name) }));

    /// <summary>Takes other training data in place of those before, which are disposed of.</summary>
    public void Replace(DeviceSamples samples)
    {
        _samples?.Dispose();
        _samples = samples;
    }

    /// <summary>Shows the layers rows of the training data, with fresh noise.</summary>
    /// <param name="network">The connections between the columns and the input scale.</param>
    /// <param name="rows">Which rows, [batch], int64, on the device.</param>
    /// <param name="random">The batch's own source of noise.</param>
    /// <param name="known">The same rows on the host, where they are known there.</param>
    /// <returns>What each layer did.</returns>
    public IReadOnlyList<LayerPass> Run(NetworkTensors network, Tensor rows, CounterRandom random, int[]? known = null)
    {
        ShownBatch shown = _samples!.Draw(network.ForCode(), rows, random, known);
        return shown.Input.dim() == 2 ? RunConstant(network, shown.Input) : Run(network, shown.Input, shown.Probability, shown.There);
    }

    /// <summary>Runs given input spikes.</summary>
    /// <param name="network">The connections between the columns.</param>
    /// <param name="spikes">[time, batch, input].</param>
    /// <param name="probability">
    /// The probability that each was drawn with, [batch, input], if it is to have a gradient: straight through, as if ∂spike/∂probability were 1 in each step.
    /// </param>
    /// <param name="there">1 where a row is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    public IReadOnlyList<LayerPass> Run(NetworkTensors network, Tensor spikes, Tensor? probability = null, Tensor? there = null)
    {
        _probability = probability;
        return Run(network, spikes, spikes.shape[0], there);
    }

    /// <summary>Runs the same input, [batch, input], in every step.</summary>
    public IReadOnlyList<LayerPass> RunConstant(NetworkTensors network, Tensor input)
    {
        _probability = null;
        return Run(network, input, _network.TimeSteps);
    }

    /// <summary>
    /// Differentiates a loss of what the last run gave, and leaves the gradients of all that learns. Autograd goes back to what the layers' spikes counted;
    /// from there on it goes layer by layer, from the last to the first.
    /// </summary>
    /// <param name="loss">The loss, or what it depends on.</param>
    /// <param name="gradient">The loss's gradient by that; null where it is the loss.</param>
    /// <param name="pulls">The loss's gradient by each layer's column rates, where it depends on them too.</param>
    public void Backward(Tensor loss, Tensor? gradient = null, IReadOnlyList<RatePull?>? pulls = null)
    {
        using var scope = NewDisposeScope();
        if (loss.requires_grad) loss.backward([gradient ?? ones_like(loss)]);
        Tensor? ofCurrents = null;
        for (int i = _layers.Length; i-- > 0;)
        {
            Tensor? above = ofCurrents is null || !_layers[i].Learns ? null : _layers[i + 1].ToInput(ofCurrents);
            ofCurrents = _layers[i].Backward(above, pulls?[i]);
        }
        if (ofCurrents is not null && _probability is { requires_grad: true }) _probability.backward([_layers[0].ToInput(ofCurrents.sum(dim: 0))]);
        foreach (TorchLayer layer in _layers) layer.Forget();
        _probability = null;
    }

    /// <summary>Hands the optimiser what learns in the layers themselves.</summary>
    public void Train(TensorDescent descent)
    {
        foreach (TorchLayer layer in _layers) layer.Train(descent);
    }

    /// <summary>The weights of a layer's inputs as they are now, [column, neuron, input].</summary>
    public float[] InputWeights(int layer) => _layers[layer].InputWeights();

    /// <summary>What makes the layer's currents of its inputs in a trained network.</summary>
    public NeuronInput Learnt(int layer) => _layers[layer].Learnt();

    /// <summary>The network with what it says of the neurons as learning has made it.</summary>
    public SpikingNetwork Learnt(SpikingNetwork network)
        => network with { Layers = [.. network.Layers.Select((layer, i) => _layers[i].Neurons.Learnt(layer))] };

    public void Dispose()
    {
        foreach (TorchLayer layer in _layers) layer.Dispose();
        _samples?.Dispose();
    }

    private LayerPass[] Run(NetworkTensors network, Tensor input, long steps, Tensor? there = null)
    {
        var passes = new LayerPass[_layers.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            passes[i] = _layers[i].Run(network.Layers[i], input, steps, there);
            input = _layers[i].Spikes;
        }
        return passes;
    }
}
