using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// The neurons of a convolution layer in training, a sample at a time: all their time steps, what is passed on of neighbours, and the way back.
/// </summary>
/// <remarks>
/// <para>
/// Neurons lie [channel, place]. What they do stays in a core's cache: the way back runs them again rather than to read their membranes from memory.
/// </para>
/// <para>Thread-safe; what a run changes is the caller's.</para>
/// </remarks>
internal sealed class MapNeurons
{
    private readonly NeuronKernels _kernels;
    private readonly NeuronGradient? _gradient;
    private readonly int _places, _channels, _panels;
    private readonly int[] _passedBy;   // of each neuron, [channel, place] of what is passed on
    private readonly int[] _first;   // of what is passed on, the first neuron

    /// <param name="layer">The layer.</param>
    /// <param name="image">The image that it lies over.</param>
    /// <param name="shape">What it is.</param>
    public MapNeurons(ConvolutionLayer layer, ImageShape image, LayerShape shape)
    {
        Lanes = ConvolutionSimulation.LanesOf(layer);
        _kernels = NeuronKernels.Of(layer.Neuron, Lanes, layer.LearnsNeurons);
        _gradient = layer.Learning is Surrogate surrogate ? _kernels.Gradient(surrogate) : null;
        (_places, _channels, Passed) = (image.Height * image.Width, layer.Channels, shape.Neurons);
        _panels = (Neurons + Lanes.Panel - 1) / Lanes.Panel;
        ImageShape map = shape.Map!.Value;
        _passedBy = new int[Neurons];
        _first = new int[Passed];
        for (int neuron = Neurons; neuron-- > 0;)
        {
            var (channel, place) = Math.DivRem(neuron, _places);
            var (row, column) = Math.DivRem(place, image.Width);
            int passed = (channel * map.Height + row / layer.PoolingHeight) * map.Width + column / layer.PoolingWidth;
            (_passedBy[neuron], _first[passed]) = (passed, neuron);
        }
    }

    /// <summary>A panel of the neurons, which stands for all: their constants.</summary>
    public Lanes Lanes { get; }

    /// <summary>Neurons of all channels.</summary>
    public int Neurons => _channels * _places;

    /// <summary>Neurons that others read.</summary>
    public int Passed { get; }

    /// <summary>Runs a sample.</summary>
    /// <param name="currents">[step, neuron] with a stride, or of one step that is held.</param>
    /// <param name="normalisation">What becomes of the currents first.</param>
    /// <param name="passed">Receives what is passed on, 0 or 1, [step, neuron that others read] with a stride.</param>
    /// <param name="room">Room to work in.</param>
    public void Run(SampleSteps currents, MapScale normalisation, SampleSteps passed, MapRoom room)
    {
        Fire(currents, normalisation, passed.Steps, room, keep: false);
        for (int step = 0; step < passed.Steps; step++)
        {
            Span<float> own = passed[step];
            own.Clear();
            for (int panel = 0; panel < _panels; panel++)
                for (ulong fired = room.Fired[panel * passed.Steps + step]; fired != 0; fired &= fired - 1)
                    own[_passedBy[panel * Lanes.Panel + BitOperations.TrailingZeroCount(fired)]] = 1;
        }
    }

    /// <summary>Goes back through a sample: a window's gradient is that of its first neuron of those that fired, or of all where none did.</summary>
    /// <param name="currents">As they were given to <see cref="Run"/>.</param>
    /// <param name="normalisation">As there.</param>
    /// <param name="gradient">By what was passed on, [step, neuron that others read] with a stride.</param>
    /// <param name="found">Receives that by the normalised currents, [step, neuron] with a stride; the sum over all steps where they are held.</param>
    /// <param name="room">Room to work in.</param>
    /// <param name="constants">Receives ∂loss/∂constant, [constant, lane], of neurons whose constants learn; empty where nobody asks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Back(
        SampleSteps currents, MapScale normalisation, SampleSteps gradient, SampleSteps found, MapRoom room, Span<float> constants = default)
    {
        int steps = gradient.Steps, size = steps * Lanes.Panel;
        Fire(currents, normalisation, steps, room, keep: true);
        Span<float> ofSpikes = room.Gradient.Span[..(_panels * size)];
        ofSpikes.Clear();
        for (int step = 0; step < steps; step++)
        {
            _first.CopyTo(room.Winners, 0);
            // From the last on, so that the first stays.
            for (int panel = _panels; panel-- > 0;)
            {
                for (ulong fired = room.Fired[panel * steps + step]; fired != 0;)
                {
                    int lane = BitOperations.Log2(fired), neuron = panel * Lanes.Panel + lane;
                    room.Winners[_passedBy[neuron]] = neuron;
                    fired ^= 1ul << lane;
                }
            }
            ReadOnlySpan<float> own = gradient[step];
            for (int passed = 0; passed < own.Length; passed++)
            {
                int winner = room.Winners[passed];
                ofSpikes[winner / Lanes.Panel * size + step * Lanes.Panel + winner % Lanes.Panel] = own[passed];
            }
        }
        if (found.Steps == 1) found[0].Clear();
        constants.Clear();
        float[] ofConstants = constants.IsEmpty ? [] : new float[constants.Length];   // of a panel
        for (int panel = 0; panel < _panels; panel++)
        {
            Span<float> ofPanel = ofSpikes.Slice(panel * size, size);
            _gradient!.Run(panel: 0, room.Kept.Span.Slice(panel * size * _kernels.Kept, size * _kernels.Kept), ofPanel, ofConstants);
            if (!constants.IsEmpty) Elementwise.Add(ofConstants, constants);
            int first = panel * Lanes.Panel, count = Math.Min(Lanes.Panel, Neurons - first);
            for (int step = 0; step < steps; step++)
            {
                ReadOnlySpan<float> ofStep = ofPanel.Slice(step * Lanes.Panel, count);
                if (found.Steps == 1) Elementwise.Add(ofStep, found[0].Slice(first, count));
                else ofStep.CopyTo(found[step][first..]);
            }
        }
    }

    /// <summary>Room for a thread's samples.</summary>
    /// <param name="steps">Time steps.</param>
    public MapRoom Room(int steps)
    {
        int lanes = _panels * Lanes.Panel;
        return new MapRoom(new AlignedFloats(lanes * steps), new ulong[_panels * steps], new AlignedFloats(lanes * steps * _kernels.Kept),
            new AlignedFloats(lanes * steps), new int[Passed]);
    }

    private void Fire(SampleSteps currents, MapScale normalisation, int steps, MapRoom room, bool keep)
    {
        int stride = _panels * Lanes.Panel, size = steps * Lanes.Panel * _kernels.Kept;
        for (int step = 0; step < currents.Steps; step++)
        {
            Span<float> own = room.Currents.Span.Slice(step * stride, stride);
            normalisation.Apply(currents[step], _places, own[..Neurons]);
            own[Neurons..].Clear();
        }
        for (int panel = 0; panel < _panels; panel++)
        {
            Span<ulong> fired = room.Fired.AsSpan(panel * steps, steps);
            _kernels.Run(room.Currents.Span[(panel * Lanes.Panel)..], currents.Steps == 1 ? 0 : stride, panel: 0, fired,
                keep ? room.Kept.Span.Slice(panel * size, size) : default);
            if (panel < _panels - 1 || Neurons == stride) continue;
            foreach (ref ulong step in fired) step &= (1ul << Neurons % Lanes.Panel) - 1;
        }
    }
}
