namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Convolution layers on pictures, trained to their end.</summary>
internal static class ConvolutionAccuracy
{
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Code = new DirectCode { Gain = 1 },
            TimeSteps = 4,
            Layers = [new ConvolutionLayer { Channels = 16 }, new ConvolutionLayer { Channels = 32 }],
            Readout = new Readout { HiddenUnits = 256, Dropout = 0.3 },
        },
        Optimiser = new AdamW { LearningRate = 2e-3 },
        Epochs = 10,
        BatchSize = 64,
        Device = TrainingDevice.Cpu,
    };

    /// <summary>On digits, which lean and tremble as hands do.</summary>
    public static void Digits(int seeds, bool held) => BestAccuracy.Run("mnist-convolution", s_options with
    {
        Augmentation = new ImageAugmentation { MaximumShift = 2, MaximumRotation = 10, MaximumScaling = 0.1, MaximumShear = 0.1, Elastic = new ElasticDistortion() },
    }, Benchmarks.Digits.Training, Benchmarks.Digits.Test, seeds, held);

    /// <summary>On pictures of clothes, which look alike from both sides and are hung up straight.</summary>
    public static void Fashion(int seeds, bool held) => BestAccuracy.Run("fashion-convolution", s_options with
    {
        Augmentation = new ImageAugmentation { MaximumShift = 1, HorizontalFlip = true },
    }, Benchmarks.Fashion.Training, Benchmarks.Fashion.Test, seeds, held);
}
