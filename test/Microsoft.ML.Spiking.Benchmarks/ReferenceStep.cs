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
        Console.WriteLine("Table engine:");
        new TableStepParts(input).Print();
        var noise = CounterRandom.FromSeed(1);
        using TableEngine tables = input.TableEngine();
        double tableStep = Print("whole step, table engine", TableRuns, tables, network => tables.Run(network, input.Rows, noise));

        Console.WriteLine("Event-driven engine:");
        new CpuStepParts(input).Print();
        using CpuEngine cpu = input.CpuEngine();
        double cpuStep = Print("whole step, event-driven engine", CpuRuns, cpu, network =>
        {
            input.Draw();
            return cpu.Run(network, input.Stimuli, input.Stimuli.Length);
        });
        Console.WriteLine("Tensor operations:");
        using TorchEngine torch = input.TorchEngine();
        double torchStep = Print("whole step, torch engine on the CPU: all columns one matrix", TorchRuns, torch,
            network => torch.Run(network, input.Rows, noise));
        using ReferenceLoop loop = input.ReferenceLoop(input.Features());
        double loopStep = Print("whole step, reference loop: column by column, the rest as above", TorchRuns, loop,
            network => loop.Run(network, input.Rows, noise));

        Console.WriteLine($"times as fast as the reference loop: table engine {loopStep / tableStep:F1}, "
            + $"event-driven engine {loopStep / cpuStep:F1}, torch engine {loopStep / torchStep:F1}");
        Console.WriteLine($"reference-step: {tableStep:F1} ms");
    }

    /// <summary>Times whole training steps: encode, columns, learning, optimiser. All engines start from the same network.</summary>
    private static double Print(string what, int runs, TrainingEngine engine, Func<NetworkTensors, IReadOnlyList<LayerPass>> show)
    {
        using NetworkTensors network = ReferenceInput.Tensors();
        using var descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        using Tensor labels = ReferenceInput.Labels();
        var learner = new Learner(network, ReferenceInput.Options, engine);
        return Timing.Print(what, runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(show(network), labels);
            descent.Step();
        });
    }
}
