using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Three convolution layers on pictures, trained to their end.</summary>
internal static class ConvolutionAccuracy
{
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Code = new DirectCode { Gain = 1 },
            TimeSteps = 2,
            Layers = Maps(new CurrentNormalisation()),
            Readout = new Readout { HiddenUnits = 256, Dropout = 0.4 },
        },
        Optimiser = new AdamW { LearningRate = 2e-3, GradientNormLimit = 5 },
        BatchSize = 64,
        Device = TrainingDevice.Cpu,
    };

    /// <summary>Three layers of normalised maps of 32, 64 and 64 channels, over two time steps.</summary>
    public static SpikingNetworkOptions Options => s_options;

    /// <summary>On digits, which lean as hands do.</summary>
    public static void Digits(int seeds, bool held) => BestAccuracy.Run("mnist-convolution", s_options with
    {
        Network = s_options.Network with
        {
            Layers = Maps(new CurrentNormalisation { Momentum = 0.02 }, first: 5), Readout = s_options.Network.Readout with { Dropout = 0.3 },
        },
        Optimiser = s_options.Optimiser with { AverageMemory = 0.999 },
        LabelSmoothing = 0.1,
        Epochs = 20,
        Augmentation = new ImageAugmentation { MaximumShift = 2, MaximumRotation = 10, MaximumScaling = 0.1 },
    }, Benchmarks.Digits.Training, Benchmarks.Digits.Test, seeds, held);

    /// <summary>On pictures of clothes, which look alike from both sides and are hung up straight.</summary>
    public static void Fashion(int seeds, bool held) => BestAccuracy.Run("fashion-convolution", s_options with
    {
        Epochs = 20,
        Augmentation = new ImageAugmentation { MaximumShift = 1, HorizontalFlip = true },
    }, Benchmarks.Fashion.Training, Benchmarks.Fashion.Test, seeds, held);

    private static ImmutableArray<Layer> Maps(CurrentNormalisation normalisation, int first = 3)
    {
        var maps = new ConvolutionLayer { KernelHeight = 3, KernelWidth = 3, Normalisation = normalisation };
        return [maps with { KernelHeight = first, KernelWidth = first }, maps with { Channels = 64 }, maps with { Channels = 64, PoolingHeight = 1, PoolingWidth = 1 }];
    }
}
