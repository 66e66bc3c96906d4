using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking;

/// <summary>What a network did with one sample: every spike and every membrane, what it predicted and what that cost.</summary>
/// <remarks>T steps, C columns of N neurons, of each column the excitatory neurons first.</remarks>
public sealed class SpikeRecording
{
    private readonly Lanes _lanes;
    private readonly int[][] _inputs;   // of each step; one alone where the input is held
    private readonly ColumnActivity _activity;
    private readonly AlignedFloats _kept;   // [panel, step, kept, lane]
    private readonly int _numbers;   // that are kept, the membrane first
    private readonly SpikingNetworkOptions _options;

    internal SpikeRecording(
        SpikingModel model, ColumnSimulation columns, int[][] inputs, ColumnActivity activity, AlignedFloats kept, float[] scores, float[] rates)
    {
        (_lanes, _inputs, _activity, _kept, _numbers) = (columns.Lanes, inputs, activity, kept, columns.Kernels.Kept);
        _options = model.Options;
        InputCount = model.Input.Inputs;
        ExcitatoryNeurons = _options.ExcitatoryNeurons;
        Score = ImmutableCollectionsMarshal.AsImmutableArray(scores);
        SpikeRate = ImmutableCollectionsMarshal.AsImmutableArray(rates);
        SpikeCount = [.. Enumerable.Range(0, Columns).Select(CountOf)];
        Cost = PredictionCost.Of(model, this);
    }

    /// <summary>Time steps, T.</summary>
    public int Steps => _activity.Steps;

    /// <summary>Cortical columns, C.</summary>
    public int Columns => _lanes.Columns;

    /// <summary>Neurons in each column, N.</summary>
    public int NeuronsPerColumn => _lanes.Neurons;

    /// <summary>How many of each column's neurons, the first ones, are excitatory; the rest are inhibitory.</summary>
    public int ExcitatoryNeurons { get; }

    /// <summary>Inputs to the columns, I, of which <see cref="Inputs"/> names those that were on.</summary>
    public int InputCount { get; }

    /// <summary>Probability of each class, [K], as in the pipeline's Score.</summary>
    public ImmutableArray<float> Score { get; }

    /// <summary>Spikes per neuron and step of each column, [C], as in the pipeline's SpikeRate: of signed spikes, each counted as much as the other columns make it count.</summary>
    public ImmutableArray<float> SpikeRate { get; }

    /// <summary>Spikes of each column, [C].</summary>
    public ImmutableArray<int> SpikeCount { get; }

    /// <summary>Whether the input was the same in all steps.</summary>
    public bool IsHeld => _inputs.Length == 1 && Steps > 1;

    /// <summary>What the prediction cost.</summary>
    public PredictionCost Cost { get; }

    /// <summary>Whether a neuron fired in a step.</summary>
    /// <param name="step">Time step, from 0.</param>
    /// <param name="column">Cortical column, from 0.</param>
    /// <param name="neuron">Neuron of the column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step, column or neuron.</exception>
    public bool Fired(int step, int column, int neuron)
    {
        int lane = Lane(step, column, neuron);
        return (_activity.Panel(lane / Lanes.Panel)[step] >> lane % Lanes.Panel & 1) != 0;
    }

    /// <summary>A neuron's membrane potential in a step, before the reset: at or above its threshold where it fired.</summary>
    /// <inheritdoc cref="Fired"/>
    public float Membrane(int step, int column, int neuron)
    {
        int lane = Lane(step, column, neuron);
        return _kept.Span[(lane / Lanes.Panel * Steps + step) * _numbers * Lanes.Panel + lane % Lanes.Panel];
    }

    /// <summary>The constants of a column's neuron, its threshold among them: those of an excitatory or of an inhibitory one.</summary>
    /// <param name="neuron">Neuron of a column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public LifNeuron Neuron(int neuron)
    {
        CheckIndex(neuron, NeuronsPerColumn, nameof(neuron));
        return neuron < ExcitatoryNeurons ? _options.Excitatory : _options.Inhibitory;
    }

    /// <summary>The inputs that were on in a step, ascending: those that fired, or, of an input that is held over all steps, those that are not 0.</summary>
    /// <param name="step">Time step, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public ReadOnlySpan<int> Inputs(int step)
    {
        CheckIndex(step, Steps, nameof(step));
        return _inputs[IsHeld ? 0 : step];
    }

    /// <summary>How many of a column's neurons fired at all.</summary>
    internal int ActiveNeurons(int column)
        => Enumerable.Range(0, NeuronsPerColumn).Count(neuron => Enumerable.Range(0, Steps).Any(step => Fired(step, column, neuron)));

    private int CountOf(int column)
    {
        int count = 0;
        for (int step = 0; step < Steps; step++)
            for (int neuron = 0; neuron < NeuronsPerColumn; neuron++)
                if (Fired(step, column, neuron)) count++;
        return count;
    }

    private int Lane(int step, int column, int neuron)
    {
        CheckIndex(step, Steps, nameof(step));
        CheckIndex(column, Columns, nameof(column));
        CheckIndex(neuron, NeuronsPerColumn, nameof(neuron));
        return _lanes.Of(column * NeuronsPerColumn + neuron);
    }

    private static void CheckIndex(int index, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, name);
    }
}
