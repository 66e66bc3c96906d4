using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A convolution layer on the CPU: shows it samples, event by event.</summary>
/// <remarks>
/// <para>Neurons lie place by place, the channels of a place side by side: an input adds to a stretch of them a stretch of the weights, row by row of the
/// kernel, whose columns lie from right to left for that. Inputs add up in one order, so that no vector width changes a bit; where they are the same in
/// every step, they add up once.</para>
/// <para>Thread-safe; what a run changes is the caller's.</para>
/// </remarks>
internal sealed class ConvolutionSimulation
{
    private readonly ImageShape _image;
    private readonly int _channels, _height, _width;   // of the kernel
    private readonly float[] _weights;   // [input channel, kernel row, kernel column from right to left, channel]
    private readonly float[] _biases;   // [lane]; empty where there are none
    private readonly int[] _passedBy;
    private readonly ulong _padding;

    /// <param name="layer">The layer.</param>
    /// <param name="read">What it reads.</param>
    /// <param name="shape">What it makes of that.</param>
    /// <param name="weights">[channel, input channel, kernel row, kernel column].</param>
    /// <param name="biases">A constant current of each channel's neurons, [channel]; empty where there is none.</param>
    public ConvolutionSimulation(
        ConvolutionLayer layer, LayerInput read, LayerShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases = default)
    {
        (Layer, Shape, _image, Inputs) = (layer, shape, read.Map!.Value, read.Count);
        (_channels, _height, _width) = (layer.Channels, layer.KernelHeight, layer.KernelWidth);
        _weights = ByPlace(weights);
        Kernels = KernelsOf(layer);
        Neurons = _image.Height * _image.Width * _channels;
        Panels = (Neurons + Lanes.Panel - 1) / Lanes.Panel;
        _padding = Neurons % Lanes.Panel == 0 ? ulong.MaxValue : (1ul << Neurons % Lanes.Panel) - 1;
        _biases = new float[biases.IsEmpty ? 0 : Panels * Lanes.Panel];
        for (int lane = 0; !biases.IsEmpty && lane < Neurons; lane++) _biases[lane] = biases[ChannelOf(lane)];
        ImageShape passed = shape.Map!.Value;
        _passedBy = new int[Neurons];
        for (int lane = 0; lane < Neurons; lane++)
        {
            var (row, column) = Math.DivRem(lane / _channels, _image.Width);
            _passedBy[lane] = (lane % _channels * passed.Height + row / layer.PoolingHeight) * passed.Width + column / layer.PoolingWidth;
        }
    }

    /// <summary>The layer.</summary>
    public ConvolutionLayer Layer { get; }

    /// <summary>What it is.</summary>
    public LayerShape Shape { get; }

    /// <summary>Inputs, each counted once for all delays.</summary>
    public int Inputs { get; }

    /// <summary>What the neurons do over time.</summary>
    public NeuronKernels Kernels { get; }

    /// <summary>Neurons of all channels, before the pooling.</summary>
    public int Neurons { get; }

    /// <summary>Panels of 64 neurons.</summary>
    public int Panels { get; }

    /// <summary>Places of the image.</summary>
    public int Places => _image.Height * _image.Width;

    /// <summary>What a layer's neurons do over time, as those of panel 0: all are alike.</summary>
    public static NeuronKernels KernelsOf(ConvolutionLayer layer) => NeuronKernels.Of(layer.Neuron, LanesOf(layer));

    /// <summary>A panel of a layer's neurons, which stands for all.</summary>
    public static Lanes LanesOf(ConvolutionLayer layer) => new(new ColumnLayer
    {
        Columns = 1, NeuronsPerColumn = Lanes.Panel, ExcitatoryFraction = 1, Excitatory = layer.Neuron, Inhibitory = layer.Neuron,
    });

    /// <summary>Where the neuron of a channel at a place lies.</summary>
    public int Lane(int channel, int place) => place * _channels + channel;

    /// <summary>The channel of the neuron at a lane.</summary>
    public int ChannelOf(int lane) => lane % _channels;

    /// <summary>Of which neuron's spikes the neuron at a lane is one, [channel, place] of what is passed on.</summary>
    public int PassedBy(int lane) => _passedBy[lane];

    /// <summary>Neurons that an input reaches.</summary>
    public int Reached(int input)
    {
        var (row, column) = _image.Pixel(input % Inputs);
        int down = Math.Min(row, _height / 2) + Math.Min(_image.Height - 1 - row, _height / 2) + 1;
        int across = Math.Min(column, _width / 2) + Math.Min(_image.Width - 1 - column, _width / 2) + 1;
        return down * across * _channels;
    }

    /// <summary>Shows all neurons a sample.</summary>
    /// <param name="received">What arrives through the delays.</param>
    /// <param name="currents">Room for [step, panel, lane].</param>
    /// <param name="spikes">Receives the neurons' spikes, [panel, step].</param>
    /// <param name="kept">Receives what the neurons keep, [panel, step, kept, lane]; empty to forget it.</param>
    public void Show(Stimulus received, Span<float> currents, Span<ulong> spikes, Span<float> kept)
    {
        int steps = received.Steps, stride = Panels * Lanes.Panel, size = kept.Length / Panels;
        Currents(received, currents);
        for (int panel = 0; panel < Panels; panel++)
        {
            Span<ulong> fired = spikes.Slice(panel * steps, steps);
            Kernels.Run(currents[(panel * Lanes.Panel)..], received.IsConstant ? 0 : stride, panel: 0, fired, kept.Slice(panel * size, size));
            if (panel < Panels - 1) continue;
            foreach (ref ulong step in fired) step &= _padding;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Currents(Stimulus received, Span<float> currents)
    {
        int stride = Panels * Lanes.Panel;
        if (received.IsConstant)
        {
            Span<float> held = currents[..stride];
            Begin(held);
            Add(received.Inputs, received.Values, held);
            return;
        }
        for (int step = 0; step < received.Steps; step++)
        {
            Span<float> own = currents.Slice(step * stride, stride);
            Begin(own);
            Add(received.Train[step], received.Train.IsGraded ? received.Train.Values(step) : default, own);
        }
    }

    /// <summary>The currents of a step before any input.</summary>
    private void Begin(Span<float> currents)
    {
        if (_biases.Length == 0) currents.Clear();
        else _biases.CopyTo(currents);
    }

    /// <summary>Adds what inputs bring to the currents of a step.</summary>
    /// <param name="inputs">Those that are on, ascending.</param>
    /// <param name="values">Their values; empty where each is 1.</param>
    /// <param name="currents">[lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, Span<float> currents)
    {
        int kernel = _width * _channels, beyond = _width / 2;
        for (int i = 0; i < inputs.Length; i++)
        {
            var (copy, input) = Math.DivRem(inputs[i], Inputs);
            var (row, column) = _image.Pixel(input);
            int from = Math.Max(0, beyond - column), end = Math.Min(_width, _image.Width + beyond - column), length = (end - from) * _channels;
            int weight = ((copy * _image.Channels + _image.ChannelOf(input)) * _height * _width + from) * _channels;
            for (int k = 0; k < _height; k++, weight += kernel)
            {
                int place = row + _height / 2 - k;
                if (place < 0 || place >= _image.Height) continue;
                ReadOnlySpan<float> added = _weights.AsSpan(weight, length);
                Span<float> target = currents.Slice((place * _image.Width + column - beyond + from) * _channels, length);
                if (values.IsEmpty) Elementwise.Add(added, target);
                else Elementwise.AddProduct(added, values[i], target);
            }
        }
    }

    private float[] ByPlace(ReadOnlySpan<float> weights)
    {
        var placed = new float[weights.Length];
        int perChannel = weights.Length / _channels, kernel = _height * _width;
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int at = 0; at < perChannel; at++)
            {
                var (row, column) = Math.DivRem(at % kernel, _width);
                placed[((at / kernel * _height + row) * _width + _width - 1 - column) * _channels + channel] = weights[channel * perChannel + at];
            }
        }
        return placed;
    }
}
