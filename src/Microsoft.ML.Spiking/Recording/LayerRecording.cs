using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>What a layer did with one sample: every spike and every membrane.</summary>
/// <remarks>
/// T steps, C columns of N neurons, of each column the excitatory neurons first. Of a <see cref="ConvolutionLayer"/> columns are channels, and their
/// neurons those of all places, row by row, before the pooling; all are excitatory.
/// </remarks>
public sealed class LayerRecording
{
    private readonly int[][] _inputs;   // of each step; one alone where the input is held
    private readonly LayerRun _run;
    private readonly Layer _layer;

    internal LayerRecording(TrainedLayer layer, LayerRun run, LayerInput read, int steps, int[][] inputs)
    {
        (_run, _inputs, _layer, Steps, InputCount) = (run, inputs, layer.Layer, steps, read.Count);
        SpikeCount = [.. Enumerable.Range(0, Columns).Select(CountOf)];
    }

    /// <summary>Time steps, T.</summary>
    public int Steps { get; }

    /// <summary>Cortical columns, C.</summary>
    public int Columns => _run.Shape.Groups;

    /// <summary>Neurons in each column, N.</summary>
    public int NeuronsPerColumn => _run.NeuronsPerGroup;

    /// <summary>How many of each column's neurons, the first ones, are excitatory; the rest are inhibitory.</summary>
    public int ExcitatoryNeurons => _run.ExcitatoryNeurons;

    /// <summary>Inputs to the layer, I, of which <see cref="Inputs"/> names those that were on.</summary>
    public int InputCount { get; }

    /// <summary>Spikes of each column, [C].</summary>
    public ImmutableArray<int> SpikeCount { get; }

    /// <summary>Whether the input was the same in all steps.</summary>
    public bool IsHeld => _inputs.Length == 1 && Steps > 1;

    /// <summary>Whether a neuron fired in a step.</summary>
    /// <param name="step">Time step, from 0.</param>
    /// <param name="column">Cortical column, from 0.</param>
    /// <param name="neuron">Neuron of the column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step, column or neuron.</exception>
    public bool Fired(int step, int column, int neuron)
    {
        Check(step, column, neuron);
        return _run.Fired(step, column, neuron);
    }

    /// <summary>A neuron's membrane potential in a step, before the reset: at or above its threshold where it fired.</summary>
    /// <inheritdoc cref="Fired"/>
    public float Membrane(int step, int column, int neuron)
    {
        Check(step, column, neuron);
        return _run.Membrane(step, column, neuron);
    }

    /// <summary>A neuron's threshold in a step; of a type whose threshold stays, that of <see cref="Neuron"/>.</summary>
    /// <inheritdoc cref="Fired"/>
    public float Threshold(int step, int column, int neuron)
    {
        Check(step, column, neuron);
        return _run.Threshold(step, column, neuron);
    }

    /// <summary>The constants of a column's neuron, its threshold among them: those of an excitatory or of an inhibitory one.</summary>
    /// <param name="neuron">Neuron of a column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public Neuron Neuron(int neuron)
    {
        CheckIndex(neuron, NeuronsPerColumn, nameof(neuron));
        return _run.Neuron(neuron);
    }

    /// <summary>An excitatory and an inhibitory neuron; the same one twice where all are of one type.</summary>
    internal (Neuron Excitatory, Neuron Inhibitory) Types => (_layer.NeuronTypes[0], _layer.NeuronTypes[^1]);

    /// <summary>
    /// The inputs that were on in a step, ascending, before their <see cref="Layer.Delays"/>: those that fired, or, of an input that is held over all steps,
    /// those that are not 0. Of a layer that follows another, the neurons of that one, counted over its columns.
    /// </summary>
    /// <param name="step">Time step, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public ReadOnlySpan<int> Inputs(int step)
    {
        CheckIndex(step, Steps, nameof(step));
        return _inputs[IsHeld ? 0 : step];
    }

    /// <summary>Whether thresholds move from step to step.</summary>
    internal bool ThresholdsMove => _run.ThresholdsMove;

    private int CountOf(int column)
    {
        int count = 0;
        for (int step = 0; step < Steps; step++)
            for (int neuron = 0; neuron < NeuronsPerColumn; neuron++)
                if (Fired(step, column, neuron)) count++;
        return count;
    }

    private void Check(int step, int column, int neuron)
    {
        CheckIndex(step, Steps, nameof(step));
        CheckIndex(column, Columns, nameof(column));
        CheckIndex(neuron, NeuronsPerColumn, nameof(neuron));
    }

    private static void CheckIndex(int index, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, name);
    }
}
