using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Feature maps: neurons over an image, which all look for the same thing each at its own place (LeCun et al. 1998), and pass on what the strongest of a few
/// neighbours fires.
/// </summary>
/// <remarks>
/// <para>It reads the image of the feature column, [height, width], [channels, height, width] or [height, width, channels] of up to 4 channels; a sequence
/// [time, inputs], each time step of it an image of one column; or the feature maps of the convolution layer before it. A <see cref="ColumnLayer"/> or the
/// readout may follow it. Its channels take the place of columns wherever those are told of one by one.</para>
/// <para>An image has 0 around it, so that each of its places has a neuron of each channel. An immutable record: vary it by <c>with { ... }</c>.</para>
/// </remarks>
public sealed record ConvolutionLayer : Layer
{
    private const int MostPixels = 255;

    /// <summary>Channels, each with weights of its own, at most 16,384. Default 32.</summary>
    public int Channels { get; init; } = 32;

    /// <summary>Rows of the image that a neuron sees, its own in their middle: odd, at most 255. Default 5.</summary>
    public int KernelHeight { get; init; } = 5;

    /// <summary>
    /// Columns of the image that a neuron sees, its own in their middle: odd, at most 255; 1 suits a sequence, whose image has one column. Default 5.
    /// </summary>
    public int KernelWidth { get; init; } = 5;

    /// <summary>
    /// Rows of neighbours of which what the layer passes on has one place, which fires when any of them does: at most 255, and 1 for every row as it is.
    /// Default 2.
    /// </summary>
    /// <remarks>
    /// The maximum, and not the mean, since it is a spike again: 0 or 1, so that what reads it still adds weights for spikes, and multiplies nothing. At the
    /// image's end, where rows are left over, fewer count.
    /// </remarks>
    public int PoolingHeight { get; init; } = 2;

    /// <summary>Columns of such neighbours, at most 255, and 1 for every column as it is. Default 2.</summary>
    public int PoolingWidth { get; init; } = 2;

    /// <summary>The neurons. Default: time constants 2 and 0.5 steps, threshold 1.</summary>
    public Neuron Neuron { get; init; } = new LifNeuron { MembraneTimeConstant = 2, SynapseTimeConstant = 0.5, Threshold = 1 };

    /// <summary>What multiplies the Kaiming-normal weights, of deviation √(2 / synapses). Default 1.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>
    /// Batch normalisation of the currents that come in through the weights, a channel's those of all its places; null for none. Needs
    /// <see cref="Surrogate"/> learning. Default null.
    /// </summary>
    public CurrentNormalisation? Normalisation { get; init; }

    internal override int Groups => Channels;

    internal override int Nodes => 0;

    internal override int WeightSets => Channels;

    internal override bool HasBiases => Normalisation is not null;

    internal override ImmutableArray<Neuron> NeuronTypes => [Neuron];

    internal override ConvolutionLayer With(ImmutableArray<Neuron> neurons) => this with { Neuron = neurons[0] };

    internal override LayerShape Shape(LayerInput read)
    {
        ImageShape image = read.Map ?? throw Trouble.Fit.Argument(LayerInput.NoMap);
        int height = (image.Height + PoolingHeight - 1) / PoolingHeight, width = (image.Width + PoolingWidth - 1) / PoolingWidth;
        long synapses = (long)image.Channels * Delays.Length * KernelHeight * KernelWidth;
        return new LayerShape(Channels, LayerShape.Counted((long)height * width), LayerShape.Counted(synapses))
        {
            Firing = LayerShape.Counted((long)image.Height * image.Width),
            Map = new ImageShape(Channels, height, width, Unit: 1),
        };
    }

    internal override int[] WeightShape(LayerShape shape) => [Channels, shape.Synapses / (KernelHeight * KernelWidth), KernelHeight, KernelWidth];

    internal override int[] BiasShape(LayerShape shape) => [Channels];

    internal override string Said(LayerShape shape) => $"{Channels} channels of {shape.Map!.Value.Height} by {shape.Map!.Value.Width} places";

    internal override void Check(string name)
    {
        Require.Positive(Channels, $"{name}{nameof(Channels)}", WattsStrogatz.MostNodes);
        CheckKernel(KernelHeight, $"{name}{nameof(KernelHeight)}");
        CheckKernel(KernelWidth, $"{name}{nameof(KernelWidth)}");
        Require.Positive(PoolingHeight, $"{name}{nameof(PoolingHeight)}", MostPixels);
        Require.Positive(PoolingWidth, $"{name}{nameof(PoolingWidth)}", MostPixels);
        Require.Given(Neuron, $"{name}{nameof(Neuron)}");
        Neuron.Check($"{name}{nameof(Neuron)}");
        Require.NotNegative(Gain, $"{name}{nameof(Gain)}");
        base.Check(name);
        Normalisation?.Check(name, Learning);
    }

    private static void CheckKernel(int size, string name)
    {
        Require.Positive(size, name, MostPixels);
        Require.That(size % 2 == 1, $"{name} is {size}, but it must be odd, so that a neuron's own place is in the middle of what it sees.");
    }
}
