using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One training step of the published network, batch 128: ours, whole and in parts, and the reference program's loop.</summary>
internal static class ReferenceStep
{
    private const int Inputs = 784, Classes = 10, Batch = 128;

    public static void Run()
    {
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference;
        float[] weights = ColumnInitialiser.Draw(options, Inputs, seed: 1), images = Images();
        using var scope = NewDisposeScope();
        LibTorch.EnsureLoaded();
        using var network = new SpikingNetwork(options, Inputs, Classes, seed: 1, CPU);
        using var descent = new GradientDescent(network, total: 1000);
        float[] inputScale = [.. Enumerable.Repeat(0.5f, Inputs)];
        var encoder = new SampleEncoder(options, new Standardisation(0.1307f, 0.3081f), inputScale);
        using var columns = new CpuColumns(options, weights, Inputs, encoder, samples: null, options.TimeSteps);
        var learner = new Learner(network, columns);
        Tensor labels = tensor([.. Enumerable.Range(0, Batch).Select(i => (long)(i % Classes))]);

        SpikeTrain[] trains = [.. Enumerable.Range(0, Batch).Select(_ => new SpikeTrain(options.TimeSteps))];
        void Encode() => Parallel.For(0, Batch, sample =>
        {
            var p = new float[Inputs];
            encoder.Probabilities(images.AsSpan(sample * Inputs, Inputs), p);
            PoissonSampler.Draw(p, CounterRandom.FromSeed(sample), trains[sample]);
        });

        var simulation = new ColumnSimulation(options, weights, Inputs);
        ColumnActivity[] activities = [.. Enumerable.Range(0, Batch).Select(_ => new ColumnActivity(simulation.Lanes, options.TimeSteps))];
        double encode = Timing.Print("encode", 9, Encode);
        Console.WriteLine($"  mean spikes of a sample: {trains.Average(t => t.Count):F0} of {Inputs * options.TimeSteps}");
        double fused = Timing.Print("product and neuron loop, fused", 9, () => Parallel.For(0, simulation.Lanes.Panels, panel =>
        {
            for (int sample = 0; sample < Batch; sample++) simulation.Show(trains[sample], panel, activities[sample]);
        }));
        double neurons = Timing.Print("  of it the neuron loop, given its currents", 9, () => Parallel.For(0, Batch, sample => simulation.Show([0], [1], activities[sample])));
        ColumnPass pass = columns.Run(network, trains, Batch);
        double run = Timing.Print("columns (the above, influence, accumulation)", 9, () => Discard(columns.Run(network, trains, Batch)));
        double readout = Timing.Print("plasticity, readout, loss, gradients", 9, () =>
        {
            using var stepScope = NewDisposeScope();
            pass.Accumulated.grad?.zero_();
            learner.Learn(pass, labels);
        });
        double optimise = Timing.Print("clipping and AdamW", 9, () =>
        {
            using var stepScope = NewDisposeScope();
            foreach (var parameter in network.Readout) parameter.grad = ones_like(parameter);
            descent.Step();
        });
        double whole = Timing.Print("whole step, CPU engine", 9, () =>
        {
            using var stepScope = NewDisposeScope();
            Encode();
            learner.Learn(columns.Run(network, trains, Batch), labels);
            descent.Step();
        });
        Console.WriteLine($"reference-step: {whole:F1} ms");
    }

    private static void Discard(ColumnPass pass)
    {
        pass.Rates.Dispose();
        pass.Accumulated.Dispose();
    }

    /// <summary>Stand-ins for digits: a fifth of the pixels are bright, as in MNIST.</summary>
    private static float[] Images()
    {
        var random = CounterRandom.FromSeed(9);
        return [.. Enumerable.Range(0, Batch * Inputs).Select(i => random.Uniform(2 * (ulong)i) < 0.19 ? (float)random.Uniform(2 * (ulong)i + 1) : 0)];
    }
}
