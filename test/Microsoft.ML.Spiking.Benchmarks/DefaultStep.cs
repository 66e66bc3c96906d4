using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One training step of the default network on MNIST, batch 128, whole and in parts, on the CPU engine and on the torch engine.</summary>
internal static class DefaultStep
{
    private const int Inputs = 784, Classes = 10, Batch = 128, Runs = 31, TorchRuns = 7;

    private static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork { Code = new RateCode { MaximumProbability = 1 } },
        BatchSize = Batch,
    };

    private static SpikingNetwork Network => Options.Network;

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        var samples = new IntensitySamples(InputShape.Intensities(28, 28));
        float[] pixels = Digits.Pixels(new MLContext().Data.TakeRows(Digits.Training(new MLContext()), Batch));
        for (int row = 0; row < Batch; row++) samples.Add(pixels.AsSpan(row * Inputs, Inputs), row % Classes);
        var encoder = new SampleEncoder(Network, Network.ChosenCode.Standardise(samples.Statistics(), FeatureScaling.Shared), default);
        float[][] weights = [ColumnInitialiser.Draw(Network.ColumnLayers[0], Inputs, seed: 1)];

        using var scope = NewDisposeScope();
        using var cpu = new CpuEngine(Network, weights, Inputs, encoder, samples, Network.TimeSteps);
        double step = Print("CPU engine", Runs, cpu);
        using var torch = new TorchEngine(Network, weights, Inputs, samples.ToDevice(encoder, CPU), CPU);
        double torchStep = Print("torch engine on the CPU", TorchRuns, torch);
        Console.WriteLine($"CPU engine : torch engine = 1 : {torchStep / step:F1}");
        Console.WriteLine($"default-step: {step:F2} ms");
    }

    private static double Print(string name, int runs, TrainingEngine engine)
    {
        using var network = new NetworkTensors(Network, Inputs, Classes, seed: 1, CPU);
        using var descent = network.Descent(Options.Optimiser, total: 1000);
        engine.Train(descent);
        var learner = new Learner(network, Options, engine);
        using Tensor labels = tensor([.. Enumerable.Range(0, Batch).Select(row => (long)(row % Classes))]);
        int[] rows = [.. Enumerable.Range(0, Batch)];
        var noise = CounterRandom.FromSeed(1);
        IReadOnlyList<LayerPass> Show() => engine.Run(network, rows, noise);

        Timing.Print($"{name}: spikes drawn, columns over time", runs, () =>
        {
            using var stepScope = NewDisposeScope();
            Show();
        });
        IReadOnlyList<LayerPass>? passes = null;
        DisposeScope? kept = null;
        void Prepare()
        {
            kept?.Dispose();
            kept = NewDisposeScope();
            passes = Show();
        }
        Timing.Print($"{name}: readout, plasticity, all gradients back through time", runs, () => learner.Learn(passes!, labels), Prepare);
        Timing.Print($"{name}: clipping and AdamW", runs, descent.Step, () =>
        {
            Prepare();
            learner.Learn(passes!, labels);
        });
        kept?.Dispose();
        return Timing.Print($"{name}: whole step", runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(Show(), labels);
            descent.Step();
        });
    }
}
