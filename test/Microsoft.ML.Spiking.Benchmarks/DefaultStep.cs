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

        int[] rows = [.. Enumerable.Range(0, Batch)];
        var noise = CounterRandom.FromSeed(1);
        double step = PrintManaged(new CpuEngine(Network, weights, Inputs, encoder, samples, Network.TimeSteps), rows, noise);
        using var scope = NewDisposeScope();
        using var torch = new TorchEngine(Network, weights, Inputs, DeviceSamples.Of(samples, encoder, CPU), CPU);
        double torchStep = PrintTorch("torch engine on the CPU: whole step", Network, torch, rows, noise);
        Console.WriteLine($"managed code : torch engine on the CPU = 1 : {torchStep / step:F1}");

        SpikingNetwork learning = Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } });
        double constants = Whole("managed code, constants learn: whole step", learning,
            new CpuEngine(learning, weights, Inputs, encoder, samples, Network.TimeSteps), rows, noise);
        using var byStep = new TorchEngine(learning, weights, Inputs, DeviceSamples.Of(samples, encoder, CPU), CPU);
        double torchConstants = PrintTorch("torch engine on the CPU, constants learn: whole step", learning, byStep, rows, noise);
        Console.WriteLine($"the same where constants learn = 1 : {torchConstants / constants:F1}");
        Console.WriteLine($"default-step: {step:F2} ms");
    }

    private static double PrintManaged(CpuEngine engine, int[] rows, CounterRandom noise)
    {
        var network = new NetworkArrays(Network, Inputs, Classes, seed: 1);
        GradientDescent descent = network.Descent(Options.Optimiser, total: 1000);
        engine.Train(descent);
        var learner = new ManagedLearner(network, Options, engine);
        int[] labels = [.. rows.Select(row => row % Classes)];
        IReadOnlyList<LayerActivity> layers = engine.Run(network, rows, noise);

        Timing.Print("managed code: spikes drawn, columns over time", Runs, () => engine.Run(network, rows, noise));
        Timing.Print("managed code: readout, plasticity, all gradients back through time", Runs, () => learner.Learn(layers, labels),
            prepare: () => layers = engine.Run(network, rows, noise));
        Timing.Print("managed code: clipping and AdamW", Runs, descent.Step);
        return Timing.Print("managed code: whole step", Runs, () =>
        {
            learner.Learn(engine.Run(network, rows, noise), labels);
            descent.Step();
        });
    }

    private static double Whole(string what, SpikingNetwork trained, CpuEngine engine, int[] rows, CounterRandom noise)
    {
        var network = new NetworkArrays(trained, Inputs, Classes, seed: 1);
        GradientDescent descent = network.Descent(Options.Optimiser, total: 1000);
        engine.Train(descent);
        var learner = new ManagedLearner(network, Options, engine);
        int[] labels = [.. rows.Select(row => row % Classes)];
        return Timing.Print(what, Runs, () =>
        {
            learner.Learn(engine.Run(network, rows, noise), labels);
            descent.Step();
        });
    }

    private static double PrintTorch(string what, SpikingNetwork trained, TorchEngine engine, int[] rows, CounterRandom noise)
    {
        using var network = new NetworkTensors(trained, Inputs, Classes, seed: 1, CPU);
        using TensorDescent descent = network.Descent(Options.Optimiser, total: 1000);
        engine.Train(descent);
        var learner = new Learner(network, Options, engine);
        using Tensor labels = tensor([.. rows.Select(row => (long)(row % Classes))]), places = tensor(Array.ConvertAll(rows, row => (long)row));
        return Timing.Print(what, TorchRuns, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(engine.Run(network, places, noise), labels);
            descent.Step();
        });
    }
}
