using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.State;
using Microsoft.ML.Spiking.Storage;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The layers as plain tensor operations, on any device, one after the other over all time steps.</summary>
/// <remarks>Autograd does the rest: where a layer learns, a spike is differentiated by its <see cref="SurrogateGradient"/>.</remarks>
internal sealed class TorchEngine : IDisposable
{
    private readonly SpikingNetwork _network;
    private readonly DeviceSamples? _samples;
    private readonly TorchLayer[] _layers;

    /// <param name="network">The network.</param>
    /// <param name="weights">Of each layer's inputs, [column, neuron, input].</param>
    /// <param name="inputs">Number of inputs to the first layer.</param>
    /// <param name="samples">The training data, on the device; null where only given spikes are run.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="fields">What each column of the first layer sees; null where all of it.</param>
    public TorchEngine(SpikingNetwork network, float[][] weights, int inputs, DeviceSamples? samples, Device device, ReceptiveFields? fields = null)
    {
        (_network, _samples) = (network, samples);
        _layers = [.. network.ColumnLayers.Select((layer, i) => i == 0
            ? new TorchLayer(layer, weights[0], inputs, device, fields)
            : new TorchLayer(layer, weights[i], network.Layers[i - 1].Neurons, device, fields: null))];
    }

    public IReadOnlyList<TorchLayer> Layers => _layers;

    /// <summary>What learns in the layers besides their weights, for a checkpoint.</summary>
    public IEnumerable<StateArray> State
        => _layers.SelectMany((layer, i) => layer.Neurons.State.Select(array => array with { Name = SpikingModelArrays.Name(i, array.Name) }));

    /// <summary>Shows the layers rows of the training data, with fresh noise.</summary>
    /// <param name="network">The connections between the columns and the input scale.</param>
    /// <param name="rows">Which rows, [batch], int64, on the device.</param>
    /// <param name="random">The batch's own source of noise.</param>
    /// <returns>What each layer did.</returns>
    public IReadOnlyList<LayerPass> Run(NetworkTensors network, Tensor rows, CounterRandom random)
    {
        ShownBatch shown = _samples!.Draw(network.ForCode(), rows, random);
        return shown.Input.dim() == 2 ? RunConstant(network, shown.Input) : Run(network, shown.Input, shown.Probability);
    }

    /// <summary>Runs given input spikes.</summary>
    /// <param name="network">The connections between the columns.</param>
    /// <param name="spikes">[time, batch, input].</param>
    /// <param name="probability">
    /// The probability that each was drawn with, [batch, input], if it is to have a gradient: straight through, as if ∂spike/∂probability were 1. Since the
    /// weights are the same in every step, the product with them is made once, for a current that is 0 and only carries the gradient.
    /// </param>
    public IReadOnlyList<LayerPass> Run(NetworkTensors network, Tensor spikes, Tensor? probability = null)
    {
        Tensor? through = probability is null ? null : _layers[0].Through(probability);
        return Run(network, step => through is null ? _layers[0].Project(spikes[step]) : _layers[0].Project(spikes[step]).add(through, One), spikes.shape[0],
            spikes.shape[1]);
    }

    /// <summary>Runs the same input, [batch, input], in every step.</summary>
    public IReadOnlyList<LayerPass> RunConstant(NetworkTensors network, Tensor input)
    {
        Tensor current = _layers[0].Project(input);
        return Run(network, _ => current, _network.TimeSteps, input.shape[0]);
    }

    /// <summary>What columns do not see keeps its weight, 0: to be called when the loss has been differentiated.</summary>
    public void Mask()
    {
        foreach (TorchLayer layer in _layers) layer.Mask();
    }

    /// <summary>Hands the optimiser what learns in the layers themselves.</summary>
    public void Train(TensorDescent descent)
    {
        foreach (TorchLayer layer in _layers) layer.Train(descent);
    }

    /// <summary>The weights of a layer's inputs as they are now, [column, neuron, input].</summary>
    public float[] InputWeights(int layer) => _layers[layer].InputWeights();

    /// <summary>The network with what it says of the neurons as learning has made it.</summary>
    public SpikingNetwork Learnt(SpikingNetwork network)
        => network with { Layers = [.. network.ColumnLayers.Select((layer, i) => _layers[i].Neurons.Learnt(layer))] };

    public void Dispose()
    {
        foreach (TorchLayer layer in _layers) layer.Dispose();
        _samples?.Dispose();
    }

    private LayerPass[] Run(NetworkTensors network, Func<long, Tensor> current, long steps, long batch)
    {
        var passes = new LayerPass[_layers.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            List<Tensor>? spikes = i + 1 < passes.Length ? [] : null;
            passes[i] = _layers[i].Run(network.Layers[i], current, steps, batch, spikes);
            if (spikes is null) break;
            TorchLayer next = _layers[i + 1];
            current = step => next.Project(spikes[(int)step]);
        }
        return passes;
    }
}
