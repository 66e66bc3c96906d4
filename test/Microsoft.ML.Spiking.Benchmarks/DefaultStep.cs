using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One training step of the default network on MNIST, batch 128, whole and in parts, on the CPU engine and on the torch engine.</summary>
internal static class DefaultStep
{
    private const int Inputs = 784, Classes = 10, Batch = 128, Runs = 31, TorchRuns = 7;

    private static SpikingNetworkOptions Options { get; } = new() { Code = new IntensityCode { MaximumProbability = 1 }, BatchSize = Batch };

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        var samples = new IntensitySamples(InputShape.Intensities(28, 28));
        float[] pixels = Digits.Pixels(new MLContext().Data.TakeRows(Digits.Training(new MLContext()), Batch));
        for (int row = 0; row < Batch; row++) samples.Add(pixels.AsSpan(row * Inputs, Inputs), row % Classes);
        var encoder = new SampleEncoder(Options, Options.ChosenCode.Standardise(samples.Statistics(), FeatureScaling.Shared), default);
        float[] weights = ColumnInitialiser.Draw(Options, Inputs, seed: 1);

        using var scope = NewDisposeScope();
        using var cpu = new CpuColumns(Options, weights, Inputs, encoder, samples, Options.TimeSteps);
        double step = Print("CPU engine", Runs, cpu);
        using var torchColumns = new TorchColumns(Options, weights, Inputs, samples.ToDevice(encoder, CPU), CPU);
        double torchStep = Print("torch engine on the CPU", TorchRuns, torchColumns);
        Console.WriteLine($"CPU engine : torch engine = 1 : {torchStep / step:F1}");
        Console.WriteLine($"default-step: {step:F2} ms");
    }

    private static double Print(string engine, int runs, ColumnEngine columns)
    {
        using var network = new SpikingNetwork(Options, Inputs, Classes, seed: 1, CPU);
        using var descent = new GradientDescent(network, total: 1000);
        columns.Train(descent);
        var learner = new Learner(network, columns);
        using Tensor labels = tensor([.. Enumerable.Range(0, Batch).Select(row => (long)(row % Classes))]);
        int[] rows = [.. Enumerable.Range(0, Batch)];
        var noise = CounterRandom.FromSeed(1);
        ColumnPass Show() => columns.Run(network, rows, noise);

        Timing.Print($"{engine}: spikes drawn, columns over time", runs, () =>
        {
            using var stepScope = NewDisposeScope();
            Show();
        });
        ColumnPass? pass = null;
        DisposeScope? kept = null;
        void Prepare()
        {
            kept?.Dispose();
            kept = NewDisposeScope();
            pass = Show();
        }
        Timing.Print($"{engine}: readout, plasticity, all gradients back through time", runs, () => learner.Learn(pass!, labels), Prepare);
        Timing.Print($"{engine}: clipping and AdamW", runs, descent.Step, () =>
        {
            Prepare();
            learner.Learn(pass!, labels);
        });
        kept?.Dispose();
        return Timing.Print($"{engine}: whole step", runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(Show(), labels);
            descent.Step();
        });
    }
}
