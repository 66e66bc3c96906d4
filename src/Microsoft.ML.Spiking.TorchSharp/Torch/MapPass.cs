using System.Collections.Concurrent;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// What a convolution layer on the CPU does between its convolution and the next layer's, in managed code: a sample passes through normalisation, neurons and
/// pooling in a core's cache, where tensor operations would take all of a batch through memory a dozen times.
/// </summary>
/// <remarks>A thread takes a sample, or of what is measured over samples a channel; how many threads there are changes no bit.</remarks>
internal sealed unsafe class MapPass
{
    private readonly MapNeurons _neurons;
    private readonly NormalisedTensors? _normalised;
    private readonly int _channels;
    private ConcurrentBag<MapRoom> _rooms = [];
    private int _steps;
    private MapScale _scale = MapScale.None;

    private MapPass(ConvolutionLayer layer, ImageShape image, LayerShape shape, NormalisedTensors? normalised)
        => (_neurons, _normalised, _channels) = (new MapNeurons(layer, image, shape), normalised, layer.Channels);

    /// <summary>For a layer; null where it is not on the CPU, or its neurons' constants learn.</summary>
    public static MapPass? Of(ConvolutionLayer layer, ImageShape image, LayerShape shape, NormalisedTensors? normalised, Device device)
        => device.type == TorchSharp.DeviceType.CPU && layer.Learning is not Surrogate { Neurons: not NeuronLearning.None }
            ? new MapPass(layer, image, shape, normalised) : null;

    /// <summary>Whether a batch is one that it can take: numbers that lie one after the other, and no more than an array holds.</summary>
    /// <param name="made">What the convolution made.</param>
    /// <param name="steps">Time steps.</param>
    public static bool Takes(Tensor made, long steps) => made.is_contiguous() && steps * made.numel() <= Array.MaxLength;

    /// <summary>Runs the neurons.</summary>
    /// <param name="made">What the convolution made, [step · sample, channel, row, column], or [sample, ..] where that is held.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batch">Samples.</param>
    /// <returns>What is passed on, 0 or 1, [step, sample, neuron that others read].</returns>
    public Tensor Run(Tensor made, int steps, int batch)
    {
        if (_steps != steps) (_steps, _rooms) = (steps, []);
        Tensor passed = empty([steps, batch, _neurons.Passed], dtype: ScalarType.Float32, device: made.device);
        (Numbers currents, Numbers target) = (Numbers.Of(made), Numbers.Of(passed));
        int copies = (int)(made.shape[0] / batch), places = _neurons.Neurons / _channels;
        MapScale scale = _scale = _normalised?.Measure(channel => MapNormalisation.Measure(currents.All, channel, _channels, places)) ?? MapScale.None;
        Parallel.For(0, batch, sample =>
        {
            MapRoom room = Room();
            _neurons.Run(new SampleSteps(currents.All, copies, batch, sample), scale, new SampleSteps(target.All, steps, batch, sample), room);
            _rooms.Add(room);
        });
        return passed;
    }

    /// <summary>Goes back through the last run, and leaves the gradients of what normalises.</summary>
    /// <param name="made">As it was given to <see cref="Run"/>.</param>
    /// <param name="ofPassed">The gradient by what was passed on, [step, sample, neuron].</param>
    /// <returns>That by what the convolution made, [step, sample, neuron]; the sum over all steps, as of one, where that is held.</returns>
    public Tensor Backward(Tensor made, Tensor ofPassed)
    {
        int steps = (int)ofPassed.shape[0], batch = (int)ofPassed.shape[1], copies = (int)(made.shape[0] / batch);
        Tensor found = empty([copies, batch, _neurons.Neurons], dtype: ScalarType.Float32, device: made.device);
        (Numbers currents, Numbers above, Numbers target) = (Numbers.Of(made), Numbers.Of(ofPassed), Numbers.Of(found));
        int places = _neurons.Neurons / _channels;
        Parallel.For(0, batch, sample =>
        {
            MapRoom room = Room();
            _neurons.Back(new SampleSteps(currents.All, copies, batch, sample), _scale, new SampleSteps(above.All, steps, batch, sample),
                new SampleSteps(target.All, copies, batch, sample), room);
            _rooms.Add(room);
        });
        _normalised?.Back((channel, mean, inverse, factor)
            => MapNormalisation.Back(currents.All, target.All, channel, _channels, places, mean, inverse, factor));
        return found;
    }

    private MapRoom Room() => _rooms.TryTake(out MapRoom? room) ? room : _neurons.Room(_steps);

    /// <summary>The numbers of a tensor, in the CPU's memory.</summary>
    private readonly record struct Numbers(nint First, int Count)
    {
        public Span<float> All => new((float*)First, Count);

        public static Numbers Of(Tensor tensor) => new((nint)KernelArgument.Of(tensor).Bits, checked((int)tensor.numel()));
    }
}
