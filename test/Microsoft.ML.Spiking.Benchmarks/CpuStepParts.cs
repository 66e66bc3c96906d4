using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Where the time of the CPU engine's step goes, part by part.</summary>
internal sealed class CpuStepParts(ReferenceInput input)
{
    private const int Runs = 9;
    private readonly ColumnSimulation _simulation = new(ReferenceInput.Options, input.Weights, ReferenceInput.Inputs);
    private ColumnActivity[] _activities = [];

    private int Panels => _simulation.Lanes.Panels;

    public void Print()
    {
        _activities = [.. input.Stimuli.Select(stimulus => new ColumnActivity(_simulation.Lanes, stimulus.Steps))];
        Timing.Print("encode: draw the batch's spike trains", Runs, input.Draw);
        Console.WriteLine($"  mean spikes of a sample: {input.Stimuli.Average(s => s.Train.Count):F0} of {ReferenceInput.Inputs * ReferenceInput.Options.TimeSteps}");
        PrintKernels();
        PrintInfluence();
        PrintLearning();
    }

    /// <summary>The fused run comes last: the neuron loop leaves every sample with the spikes of one, and what follows needs their own.</summary>
    private void PrintKernels()
    {
        Lanes lanes = _simulation.Lanes;
        var weights = new PanelWeights(lanes, input.Weights, ReferenceInput.Inputs);
        int length = ReferenceInput.Options.TimeSteps * Lanes.Panel;
        var currents = new float[Panels][];
        for (int panel = 0; panel < Panels; panel++) CurrentKernel.OfSpikes(input.Stimuli[0].Train, InputRange.All, weights[panel], currents[panel] = new float[length]);

        Timing.Print("product alone: weights of the inputs that spike, summed into currents", Runs, () => Parallel.For(0, Panels, panel =>
        {
            Span<float> scratch = stackalloc float[length];
            foreach (Stimulus stimulus in input.Stimuli) CurrentKernel.OfSpikes(stimulus.Train, InputRange.All, weights[panel], scratch);
        }));
        Timing.Print("neuron loop alone: from currents, already there, to spikes", Runs, () => Parallel.For(0, Panels, panel =>
        {
            foreach (ColumnActivity activity in _activities) _simulation.Kernels.Run(currents[panel], Lanes.Panel, panel, activity.Panel(panel));
        }));
        Timing.Print("product and neuron loop, fused as in the engine", Runs, () => Parallel.For(0, Panels, panel =>
        {
            for (int sample = 0; sample < _activities.Length; sample++) _simulation.Show(input.Stimuli[sample], panel, _activities[sample]);
        }));
    }

    private void PrintInfluence()
    {
        using SpikingNetwork network = ReferenceInput.Network();
        using Tensor heard = network.InterColumnWeights().detach();
        var interWeights = new DenseKernel(heard.data<float>().ToArray(), [], ReferenceInput.Options.Columns);
        int neurons = ReferenceInput.Options.Columns * ReferenceInput.Options.NeuronsPerColumn;
        var accumulated = new float[_activities.Length * neurons];
        Timing.Print("influence and accumulation: rates, what columns hear, what spikes add up to", Runs, () => Parallel.For(0, _activities.Length, sample =>
            _simulation.Accumulate(_activities[sample], interWeights, accumulated.AsSpan(sample * neurons, neurons))));
    }

    private void PrintLearning()
    {
        using var scope = NewDisposeScope();
        using SpikingNetwork network = ReferenceInput.Network();
        using var descent = new GradientDescent(network, total: 1000);
        using CpuColumns columns = input.CpuColumns();
        var learner = new Learner(network, columns);
        ColumnPass pass = columns.Run(network, input.Stimuli, input.Stimuli.Length);
        Tensor labels = ReferenceInput.Labels();
        Timing.Print("readout and gradients: STDP, homeostasis, readout, loss, all gradients", Runs, () =>
        {
            using var stepScope = NewDisposeScope();
            learner.Learn(pass, labels);
        }, prepare: () =>
        {
            pass.Accumulated.grad = null;
            foreach (var parameter in network.Parameters) parameter.grad = null;
        });
        Timing.Print("optimiser: clipping and AdamW", Runs, descent.Step, prepare: () =>
        {
            using var gradients = NewDisposeScope();
            foreach (var parameter in network.Readout.Append(network.InterWeights)) parameter.grad = ones_like(parameter);
        });
    }
}
