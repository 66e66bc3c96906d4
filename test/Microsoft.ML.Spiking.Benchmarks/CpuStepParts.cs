namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Where the time of the CPU engine's step goes, part by part.</summary>
internal sealed class CpuStepParts(ReferenceInput input)
{
    private const int Runs = 9;
    private readonly ColumnSimulation _simulation = new(ReferenceInput.Layer, input.Weights, ReferenceInput.Inputs);
    private ColumnActivity[] _activities = [];

    private int Panels => _simulation.Lanes.Panels;

    public void Print()
    {
        _activities = [.. input.Stimuli.Select(stimulus => new ColumnActivity(_simulation.Lanes, stimulus.Steps))];
        Timing.Print("encode: draw the batch's spike trains", Runs, input.Draw);
        int most = ReferenceInput.Inputs * ReferenceInput.Network.TimeSteps;
        Console.WriteLine($"  mean spikes of a sample: {input.Stimuli.Average(s => s.Train.Count):F0} of {most}");
        PrintKernels();
        PrintInfluence();
        PrintLearning();
    }

    /// <summary>The fused run comes last: the neuron loop leaves every sample with the spikes of one, and what follows needs their own.</summary>
    private void PrintKernels()
    {
        Lanes lanes = _simulation.Lanes;
        var weights = new PanelWeights(lanes, input.Weights, ReferenceInput.Inputs);
        int length = ReferenceInput.Network.TimeSteps * Lanes.Panel;
        var currents = new float[Panels][];
        for (int panel = 0; panel < Panels; panel++)
            CurrentKernel.OfSpikes(input.Stimuli[0].Train, InputRange.All, weights[panel], currents[panel] = new float[length]);

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
        NetworkArrays network = ReferenceInput.Arrays();
        var interWeights = new DenseKernel(network.Layers[0].Heard(), [], ReferenceInput.Layer.Columns);
        int neurons = ReferenceInput.Layer.Neurons;
        var accumulated = new float[_activities.Length * neurons];
        Timing.Print("influence and accumulation: rates, what columns hear, what spikes add up to", Runs, () => Parallel.For(0, _activities.Length, sample =>
            _simulation.Accumulate(_activities[sample], interWeights, accumulated.AsSpan(sample * neurons, neurons))));
    }

    private void PrintLearning()
    {
        NetworkArrays network = ReferenceInput.Arrays();
        GradientDescent descent = network.Descent(ReferenceInput.Options.Optimiser, total: 1000);
        CpuEngine engine = input.CpuEngine();
        var learner = new ManagedLearner(network, ReferenceInput.Options, engine);
        IReadOnlyList<LayerActivity> layers = engine.Run(network, input.Stimuli, input.Stimuli.Length);
        Timing.Print("readout and gradients: STDP, homeostasis, readout, loss, all gradients", Runs, () => learner.Learn(layers, ReferenceInput.Labels));
        Timing.Print("optimiser: clipping and AdamW", Runs, descent.Step);
    }
}
