using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>All columns of a network, on the CPU: shows them samples and reads what their spikes add up to.</summary>
/// <remarks>Thread-safe while nobody changes the weights; what a run changes is in the <see cref="ColumnActivity"/>.</remarks>
internal sealed class ColumnSimulation
{
    private const int StackSteps = 64;

    // Rows from which on it pays to look for the weights' grids.
    private const int ManyRows = 1000;

    private readonly Lazy<GridWeights?> _onGrid;
    private readonly float[] _biases;
    private readonly int _inputs;
    private int _rows;

    /// <param name="layer">The layer.</param>
    /// <param name="columnWeights">[column, neuron, synapse].</param>
    /// <param name="inputs">Synapses of each neuron: its inputs, once for each delay.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    /// <param name="biases">A constant current of each neuron, [column, neuron]; empty where there is none.</param>
    /// <param name="constantsLearn">Whether the way back finds the gradients by the neurons' constants too.</param>
    public ColumnSimulation(
        ColumnLayer layer, ReadOnlySpan<float> columnWeights, int inputs, ReceptiveFields? fields = null, ReadOnlySpan<float> biases = default,
        bool constantsLearn = false)
    {
        (Layer, _inputs) = (layer, inputs);
        Lanes = new Lanes(layer);
        Kernels = NeuronKernels.Of(layer.Excitatory, Lanes, constantsLearn);
        Weights = new PanelWeights(Lanes, columnWeights, inputs);
        _biases = new float[biases.IsEmpty ? 0 : Lanes.Panels * Lanes.Panel];
        for (int neuron = 0; neuron < biases.Length; neuron++) _biases[Lanes.Of(neuron)] = biases[neuron];
        _onGrid = new Lazy<GridWeights?>(() => GridWeights.TryCreate(Lanes, Weights));
        Seen = [.. Enumerable.Range(0, Lanes.Panels).Select(panel => fields?.Inputs(panel, Lanes) ?? InputRange.All)];
    }

    /// <summary>The layer.</summary>
    public ColumnLayer Layer { get; }

    public Lanes Lanes { get; }

    /// <summary>What the neurons do over time.</summary>
    public NeuronKernels Kernels { get; }

    /// <summary>The columns' weights.</summary>
    public PanelWeights Weights { get; }

    /// <summary>How strongly the columns drive each other; where they do, a <see cref="CoupledSimulation"/> shows them samples.</summary>
    public float Coupling => (float)Layer.Coupling;

    /// <summary>How much the columns' influence changes what a spike counts.</summary>
    public float Modulation => (float)Layer.Modulation;

    /// <summary>The inputs outside which a panel has no weights, [panel].</summary>
    public InputRange[] Seen { get; }

    /// <summary>What delays the inputs of the synapses; null where nothing does. What the columns are shown is what has come through it.</summary>
    public DelayLine? Delays(int steps) => DelayLine.Of(Layer, _inputs, steps);

    /// <summary>The weights as integers, once so many rows were shown that it pays; null before, and where they lie on no grid. Results are the same.</summary>
    /// <param name="rows">Rows that are to be shown now.</param>
    public GridWeights? OnGrid(int rows)
    {
        // What is on a grid was put there: weights that learn leave it.
        if (Layer.Learning is not Reservoir) return null;
        if (_rows < ManyRows && Interlocked.Add(ref _rows, rows) < ManyRows) return null;
        return _onGrid.Value;
    }

    /// <summary>The currents of a panel's neurons on a sample, their biases included.</summary>
    /// <param name="stimulus">The sample.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="currents">Receives them, [step, lane]; of a constant stimulus, [lane] is enough.</param>
    public void Currents(Stimulus stimulus, int panel, Span<float> currents)
    {
        if (stimulus.IsConstant)
        {
            Range seen = Seen[panel].Of(stimulus.Inputs);
            CurrentKernel.OfConstant(stimulus.Inputs[seen], stimulus.Values[seen], Weights[panel], currents[..Lanes.Panel]);
            AddBiases(panel, currents[..Lanes.Panel]);
            for (int at = Lanes.Panel; at < currents.Length; at += Lanes.Panel) currents[..Lanes.Panel].CopyTo(currents[at..]);
            return;
        }
        CurrentKernel.OfSpikes(stimulus.Train, Seen[panel], Weights[panel], currents);
        AddBiases(panel, currents);
    }

    /// <summary>Adds the biases of a panel's neurons, where they have any, to currents, [step, lane].</summary>
    public void AddBiases(int panel, Span<float> currents)
    {
        if (_biases.Length == 0) return;
        ReadOnlySpan<float> biases = _biases.AsSpan(panel * Lanes.Panel, Lanes.Panel);
        for (int at = 0; at < currents.Length; at += Lanes.Panel) Elementwise.Add(biases, currents.Slice(at, Lanes.Panel));
    }

    /// <summary>Shows a panel of neurons a sample.</summary>
    /// <param name="stimulus">The sample.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="activity">Receives the neurons' spikes; its length is the sample's.</param>
    /// <param name="kept">Receives what the gradient goes back over, [step, kept, lane]; empty to forget it.</param>
    public void Show(Stimulus stimulus, int panel, ColumnActivity activity, Span<float> kept = default)
    {
        if (stimulus.IsConstant) ShowConstant(stimulus, panel, activity, kept);
        else ShowTrain(stimulus.Train, panel, activity, kept);
        activity.End(panel);
    }

    /// <summary>Shows all neurons a sample.</summary>
    /// <param name="stimulus">The sample.</param>
    /// <param name="activity">Receives the neurons' spikes.</param>
    /// <param name="kept">Receives what the gradient goes back over, [panel, step, kept, lane]; empty to forget it.</param>
    public void Show(Stimulus stimulus, ColumnActivity activity, Span<float> kept = default)
    {
        int size = kept.Length / Lanes.Panels;
        for (int panel = 0; panel < Lanes.Panels; panel++) Show(stimulus, panel, activity, kept.Slice(panel * size, size));
    }

    /// <summary>Sums the spikes up, each counted as much as the other columns' influence makes it count.</summary>
    /// <param name="activity">The spikes; its rates and gains are computed.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="accumulated">Receives one sum a neuron and window, [window, column, neuron].</param>
    /// <param name="counted">Receives what they come to over all steps where the readout forgets, [column, neuron]; empty where nobody asks.</param>
    public void Accumulate(ColumnActivity activity, DenseKernel interWeights, Span<float> accumulated, Span<float> counted = default)
    {
        activity.Rate();
        activity.Modulate(interWeights, Modulation);
        AccumulateKernel.Forward(Lanes, activity, accumulated);
        if (!counted.IsEmpty) AccumulateKernel.Count(Lanes, activity, counted);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowTrain(SpikeTrain train, int panel, ColumnActivity activity, Span<float> kept)
    {
        // On the stack, and so in the first cache: currents never reach memory.
        int length = train.Steps * Lanes.Panel;
        float[]? rented = train.Steps > StackSteps ? ArrayPool<float>.Shared.Rent(length) : null;
        Span<float> currents = rented is null ? stackalloc float[length] : rented.AsSpan(0, length);
        CurrentKernel.OfSpikes(train, Seen[panel], Weights[panel], currents);
        AddBiases(panel, currents);
        Kernels.Run(currents, Lanes.Panel, panel, activity.Panel(panel), kept);
        if (rented is not null) ArrayPool<float>.Shared.Return(rented);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShowConstant(Stimulus stimulus, int panel, ColumnActivity activity, Span<float> kept)
    {
        Span<float> current = stackalloc float[Lanes.Panel];
        Range seen = Seen[panel].Of(stimulus.Inputs);
        CurrentKernel.OfConstant(stimulus.Inputs[seen], stimulus.Values[seen], Weights[panel], current);
        AddBiases(panel, current);
        Kernels.Run(current, stride: 0, panel, activity.Panel(panel), kept);
    }
}
