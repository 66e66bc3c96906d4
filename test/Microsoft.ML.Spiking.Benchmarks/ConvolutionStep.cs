using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One training step of networks of convolutions on pictures of clothes, batch 64, in managed code and on the torch engine on the CPU.</summary>
internal static class ConvolutionStep
{
    private const int Side = 28, Classes = 10, Batch = 64, Runs = 31;

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        SpikingNetworkOptions three = ConvolutionAccuracy.Options;
        ConvolutionLayer maps = new() { KernelHeight = 3, KernelWidth = 3, Channels = 8 };
        SpikingNetworkOptions small = three with
        {
            Network = three.Network with { Layers = [maps, maps with { Channels = 16 }], Readout = new Readout { HiddenUnits = 64, Dropout = 0 } },
        };
        SpikingNetworkOptions spikes = small with { Network = small.Network with { TimeSteps = 8, Code = new RateCode { MaximumProbability = 1 } } };
        double largest = Compare("three layers of 32, 64, 64 channels, 2 steps", three);
        Compare("two layers of 8, 16 channels, 2 steps", small);
        Compare("two layers of 8, 16 channels, 8 steps of spikes", spikes);
        Console.WriteLine($"convolution-step: {largest:F1} ms");
    }

    private static double Compare(string what, SpikingNetworkOptions options)
    {
        InputShape input = InputShape.Intensities(Side, Side);
        var samples = new IntensitySamples(input);
        float[] pixels = Digits.Pixels(new MLContext().Data.TakeRows(Fashion.Training(new MLContext()), Batch));
        for (int row = 0; row < Batch; row++) samples.Add(pixels.AsSpan(row * Side * Side, Side * Side), row % Classes);
        SpikingNetwork network = options.Network;
        var encoder = new SampleEncoder(network, network.ChosenCode.Standardise(samples.Statistics(), FeatureScaling.Shared), default);
        var setup = new TrainingSetup(network, options, input, Classes, Seed: 1, Total: 1000, Drawn.InputWeights(network, input, seed: 1), encoder, samples);
        int[] rows = [.. Enumerable.Range(0, Batch)];
        using var managed = new ManagedTraining(setup);
        using var torch = new TorchTraining(setup, CPU);
        double managedStep = Print($"managed code: {what}", managed), torchStep = Print($"torch engine: {what}", torch);
        Console.WriteLine($"managed code : torch engine on the CPU = 1 : {torchStep / managedStep:F2}");
        return managedStep;

        double Print(string name, NetworkTraining training) => Timing.Print(name, Runs, () =>
        {
            training.Learn(new TrainingBatch(rows, [.. rows.Select(row => row % Classes)], null, CounterRandom.FromSeed(1)));
            training.Wait();
        });
    }
}
