using System.Collections.Immutable;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>What a layer did with one sample: every spike and every membrane.</summary>
/// <remarks>T steps, C columns of N neurons, of each column the excitatory neurons first.</remarks>
public sealed class LayerRecording
{
    private readonly Lanes _lanes;
    private readonly int[][] _inputs;   // of each step; one alone where the input is held
    private readonly LayerRun _run;
    private readonly ColumnLayer _layer;

    internal LayerRecording(TrainedLayer layer, LayerRun run, int[][] inputs)
    {
        (_lanes, _run, _inputs, _layer) = (run.Layer.Columns.Lanes, run, inputs, layer.Layer);
        InputCount = layer.Inputs / _layer.Delays.Length;
        SpikeCount = [.. Enumerable.Range(0, Columns).Select(CountOf)];
    }

    /// <summary>Time steps, T.</summary>
    public int Steps => _run.Activity.Steps;

    /// <summary>Cortical columns, C.</summary>
    public int Columns => _lanes.Columns;

    /// <summary>Neurons in each column, N.</summary>
    public int NeuronsPerColumn => _lanes.Neurons;

    /// <summary>How many of each column's neurons, the first ones, are excitatory; the rest are inhibitory.</summary>
    public int ExcitatoryNeurons => _layer.ExcitatoryNeurons;

    /// <summary>Inputs to the layer, I, of which <see cref="Inputs"/> names those that were on.</summary>
    public int InputCount { get; }

    /// <summary>The delays that the inputs come through, in time steps.</summary>
    internal ImmutableArray<int> Delays => _layer.Delays;

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
        int lane = Lane(step, column, neuron);
        return (_run.Activity.Panel(lane / Lanes.Panel)[step] >> lane % Lanes.Panel & 1) != 0;
    }

    /// <summary>A neuron's membrane potential in a step, before the reset: at or above its threshold where it fired.</summary>
    /// <inheritdoc cref="Fired"/>
    public float Membrane(int step, int column, int neuron) => Kept(step, column, neuron, number: 0);

    /// <summary>A neuron's threshold in a step; of a type whose threshold stays, that of <see cref="Neuron"/>.</summary>
    /// <inheritdoc cref="Fired"/>
    public float Threshold(int step, int column, int neuron)
        => Kernels.KeptThreshold is { } number ? Kept(step, column, neuron, number) : Neuron(neuron).Threshold;

    /// <summary>The constants of a column's neuron, its threshold among them: those of an excitatory or of an inhibitory one.</summary>
    /// <param name="neuron">Neuron of a column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public Neuron Neuron(int neuron)
    {
        CheckIndex(neuron, NeuronsPerColumn, nameof(neuron));
        return neuron < ExcitatoryNeurons ? _layer.Excitatory : _layer.Inhibitory;
    }

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
    internal bool ThresholdsMove => Kernels.KeptThreshold is not null;

    private NeuronKernels Kernels => _run.Layer.Columns.Kernels;

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

    private float Kept(int step, int column, int neuron, int number)
    {
        int lane = Lane(step, column, neuron);
        return _run.Kept[((lane / Lanes.Panel * Steps + step) * Kernels.Kept + number) * Lanes.Panel + lane % Lanes.Panel];
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
