using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One training step of the published network, batch 128: ours, whole and in parts, and the reference program's loop.</summary>
internal static class ReferenceStep
{
    private const int TableRuns = 31, CpuRuns = 9, TorchRuns = 3;

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        EngineAgreement.Check();
        Console.WriteLine("The reference loop and the torch engine agree on a tiny network. Medians:");

        using var scope = NewDisposeScope();
        var input = new ReferenceInput();
        var noise = CounterRandom.FromSeed(1);
        double? tableStep = null;
        if (input.TableEngine() is { } tables)
        {
            Console.WriteLine("Managed code, table engine:");
            new TableStepParts(input).Print();
            tableStep = Print("whole step, table engine", TableRuns, tables, network => tables.Run(network, input.Rows, noise));
        }
        Console.WriteLine("Managed code, event-driven engine:");
        new CpuStepParts(input).Print();
        CpuEngine cpu = input.CpuEngine();
        double cpuStep = Print("whole step, event-driven engine", CpuRuns, cpu, network =>
        {
            input.Draw();
            return cpu.Run(network, input.Stimuli, input.Stimuli.Length);
        });
        Console.WriteLine("Tensor operations:");
        using TorchEngine torch = input.TorchEngine();
        Tensor rows = tensor(Array.ConvertAll(input.Rows, row => (long)row));
        double torchStep = Print("whole step, torch engine on the CPU: all columns one matrix", torch, network => torch.Run(network, rows, noise));
        using ReferenceLoop loop = input.ReferenceLoop(input.Features());
        // Of the engine nothing is asked: the columns are the loop's, and they do not learn.
        double loopStep = Print("whole step, reference loop: column by column, the rest as above", torch, network => loop.Run(network, input.Rows, noise));

        Console.WriteLine($"times as fast as the reference loop: {(tableStep is { } step ? $"table engine {loopStep / step:F1}, " : "")}"
            + $"event-driven engine {loopStep / cpuStep:F1}, torch engine {loopStep / torchStep:F1}");
        Console.WriteLine($"reference-step: {tableStep ?? cpuStep:F1} ms");
    }

    /// <summary>Times whole training steps in managed code: encode, columns, learning, optimiser. All engines start from the same network.</summary>
    private static double Print(string what, int runs, ColumnEngine engine, Func<NetworkArrays, IReadOnlyList<LayerActivity>> show)
    {
        NetworkArrays network = ReferenceInput.Arrays();
        GradientDescent descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        var learner = new ManagedLearner(network, ReferenceInput.Options, engine);
        return Timing.Print(what, runs, () =>
        {
            learner.Learn(show(network), ReferenceInput.Labels);
            descent.Step();
        });
    }

    /// <summary>The same by tensors.</summary>
    private static double Print(string what, TorchEngine engine, Func<NetworkTensors, IReadOnlyList<LayerPass>> show)
    {
        using NetworkTensors network = ReferenceInput.Tensors();
        using TensorDescent descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        using Tensor labels = tensor([.. ReferenceInput.Labels.Select(label => (long)label)]);
        var learner = new Learner(network, ReferenceInput.Options, engine);
        return Timing.Print(what, TorchRuns, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(show(network), labels);
            descent.Step();
        });
    }
}
