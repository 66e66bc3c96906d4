using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The gradient of the columns' weights on the CPU, back through time and through the spikes.</summary>
/// <remarks>
/// What the forward pass keeps for it are the membranes of every neuron in every step, and what else the neuron's type goes back over. A panel's sums
/// are made by one thread, in the order of the samples.
/// </remarks>
internal sealed class ColumnGradient(Surrogate surrogate, ColumnSimulation columns, int steps, int inputs, ReceptiveFields? fields,
    InputScaleGradient? inputScale)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly ConcurrentBag<CoupledGradient> _coupled = [];
    private readonly ConcurrentBag<AlignedFloats> _scratch = [];
    private readonly ConcurrentBag<Stimulus> _heard = [];
    private readonly NeuronGradient _neurons = columns.Kernels.Gradient(surrogate);
    private readonly int _panelSize = steps * Lanes.Panel * columns.Kernels.Kept;
    private AlignedFloats _kept = new(0), _above = new(0);
    private IReadOnlyList<Stimulus> _stimuli = [];
    private DenseKernel? _toInputs;

    /// <summary>∂loss/∂weight; added to.</summary>
    public PanelWeights Weights { get; private init; } = new(columns.Lanes, inputs);

    /// <summary>Makes room for what is kept of a batch.</summary>
    /// <param name="stimuli">What each sample is shown.</param>
    /// <param name="batch">Number of samples.</param>
    public void Expect(IReadOnlyList<Stimulus> stimuli, int batch)
    {
        _stimuli = stimuli;
        long needed = (long)batch * _lanes.Panels * _panelSize;
        if (needed > Array.MaxLength)
            throw Trouble.Batch.InvalidOperation(
                $"The gradient of {batch} samples of {steps} steps in {_lanes.Panels * Lanes.Panel} neurons keeps {needed} numbers, more than an array "
                    + "holds; make BatchSize smaller.");
        int length = (int)needed;
        if (_kept.Length < length) _kept = new AlignedFloats(length);
        inputScale?.Expect(batch);
    }

    /// <summary>What is kept of a panel on a sample, [step, kept, lane].</summary>
    public Span<float> Kept(int panel, int sample) => _kept.Span.Slice((sample * _lanes.Panels + panel) * _panelSize, _panelSize);

    /// <summary>What is kept of all panels on a sample, [panel, step, kept, lane].</summary>
    public Span<float> Kept(int sample) => _kept.Span.Slice(sample * _lanes.Panels * _panelSize, _lanes.Panels * _panelSize);

    /// <summary>Whether what is kept becomes ∂loss/∂current, for a layer before to go on from (<see cref="OfInputs"/>).</summary>
    public bool LeavesCurrents { get; init; }

    /// <summary>What normalises the currents; null where nothing does.</summary>
    public NormalisedCurrents? Normalised { get; init; }

    /// <summary>What learns of the neurons' constants; null where nothing does.</summary>
    public LearningNeurons? Neurons { get; init; }

    /// <summary>The delays that the inputs come through; null where there are none.</summary>
    public DelayLine? Delays { get; init; }

    /// <summary>The same gradient, with room for another block of the batch.</summary>
    /// <param name="normalised">What normalises the block's currents.</param>
    /// <param name="neurons">What learns of the neurons' constants.</param>
    public ColumnGradient Twin(NormalisedCurrents? normalised, LearningNeurons? neurons)
        => new(surrogate, columns, steps, inputs, fields, inputScale is null ? null : new InputScaleGradient(columns, inputs))
        {
            Weights = Weights, LeavesCurrents = LeavesCurrents, Delays = Delays, Normalised = normalised, Neurons = neurons,
        };

    /// <summary>Takes in what the next layer's currents owe to this layer's spikes.</summary>
    /// <param name="next">The next layer, after its own backward pass.</param>
    /// <param name="batch">Number of samples.</param>
    public void Follow(CpuLayer next, int batch)
    {
        int size = _lanes.Panels * steps * Lanes.Panel, neurons = _lanes.Columns * _lanes.Neurons;
        if (_above.Length < batch * size) _above = new AlignedFloats(batch * size);
        Parallel.For(0, batch, sample =>
        {
            var spikes = new float[steps * neurons];
            next.OfInputs(sample, spikes);
            Span<float> above = _above.Span.Slice(sample * size, size);
            for (int neuron = 0; neuron < neurons; neuron++)
                for (int step = 0, lane = _lanes.Of(neuron); step < steps; step++)
                    above[step * _lanes.Panels * Lanes.Panel + lane] = spikes[step * neurons + neuron];
        });
    }

    /// <summary>Adds the gradient of a batch.</summary>
    /// <param name="activities">What the columns did.</param>
    /// <param name="accumulated">∂loss/∂accumulated.</param>
    /// <param name="counted">∂loss/∂counted where the readout forgets; else null.</param>
    /// <param name="influences">modulation · ∂loss/∂gain of each sample, [step, column]; becomes ∂loss/∂influence.</param>
    /// <param name="heardBy">From ∂loss/∂influence to ∂loss/∂rate / neurons, as a layer.</param>
    /// <param name="recurrence">The synapses between the neurons, whose gradient is added to; null where there are none.</param>
    public void Add(IReadOnlyList<ColumnActivity> activities, NeuronSums accumulated, NeuronSums? counted, float[][] influences, DenseKernel heardBy,
        RecurrentArrays? recurrence)
    {
        bool stepsTogether = columns.Layer.StepsTogether;
        var rates = new float[influences.Length][];
        if (stepsTogether)
        {
            recurrence?.Reverse();
            Parallel.For(0, influences.Length, sample =>
            {
                if (!_coupled.TryTake(out CoupledGradient? coupled)) coupled = new CoupledGradient(_neurons, columns, recurrence?.Reversed);
                coupled.Run(activities[sample], accumulated.Sample(sample), Of(counted, sample), influences[sample], heardBy, Above(sample), Kept(sample));
                for (int panel = 0; Neurons is not null && panel < _lanes.Panels; panel++) coupled.LeaveConstants(panel, Neurons.Gradients(sample, panel));
                _coupled.Add(coupled);
            });
        }
        else
        {
            Parallel.For(0, rates.Length, sample => heardBy.Run(influences[sample], rates[sample] = new float[steps * _lanes.Columns], steps));
        }
        int size = steps * Lanes.Panel, together = Normalised is null ? 1 : rates.Length;
        Parallel.For(0, _lanes.Panels, panel =>
        {
            if (!_scratch.TryTake(out AlignedFloats? scratch) || scratch.Length < together * size) scratch = new AlignedFloats(together * size);
            if (recurrence is not null) AddRecurrence(panel, activities, rates.Length, recurrence);
            for (int first = 0; first < rates.Length; first += together)
            {
                Span<float> gradient = scratch.Span[..(together * size)];
                for (int i = 0; i < together; i++)
                {
                    Span<float> currents = gradient.Slice(i * size, size);
                    if (stepsTogether) CoupledGradient.Currents(Kept(panel, first + i), steps).CopyTo(currents);
                    else ToCurrents(panel, first + i, activities, accumulated, counted, rates, currents);
                }
                // Each row's current has part in the mean and deviation of all.
                Normalised?.Backward(panel, gradient);
                for (int i = 0; i < together; i++)
                {
                    Span<float> currents = gradient.Slice(i * size, size);
                    Add(panel, first + i, currents);
                    if (LeavesCurrents) currents.CopyTo(CoupledGradient.Currents(Kept(panel, first + i), steps));
                }
            }
            _scratch.Add(scratch);
            fields?.Clear(panel, _lanes, Weights[panel]);
        });
        if (LeavesCurrents) _toInputs = ToInputs();
    }

    /// <summary>Adds what ∂loss/∂current of a panel makes of the weights that its neurons hear others through.</summary>
    private void AddRecurrence(int panel, IReadOnlyList<ColumnActivity> activities, int batch, RecurrentArrays recurrence)
    {
        RecurrentSynapses synapses = recurrence.Weights.Synapses;
        Span<float> gradient = synapses.Of(recurrence.Trained!.Gradient, panel);
        if (!_heard.TryTake(out Stimulus? heard)) heard = new Stimulus(steps);
        var rows = new int[synapses.MostRows];
        for (int sample = 0; sample < batch; sample++)
        {
            synapses.Show(panel, activities[sample], heard, rows);
            WeightGradientKernel.Add(heard, InputRange.All, CoupledGradient.Currents(Kept(panel, sample), steps), gradient);
        }
        synapses.Clear(panel, gradient);
        _heard.Add(heard);
    }

    /// <summary>∂loss/∂current of a panel's neurons on a sample, [step, lane].</summary>
    private void ToCurrents(int panel, int sample, IReadOnlyList<ColumnActivity> activities, NeuronSums accumulated, NeuronSums? counted, float[][] rates,
        Span<float> gradient)
    {
        AccumulateKernel.SpikeGradient(_lanes, panel, activities[sample], accumulated.Sample(sample), Of(counted, sample), rates[sample], gradient);
        AddAbove(panel, sample, gradient);
        _neurons.Run(panel, Kept(panel, sample), gradient, Neurons is null ? default : Neurons.Gradients(sample, panel));
    }

    private static ReadOnlySpan<float> Of(NeuronSums? sums, int sample) => sums is null ? default : sums.Sample(sample);

    /// <summary>
    /// Leaves the gradient of the input scale, after
    /// <see cref="Add(IReadOnlyList{ColumnActivity}, NeuronSums, NeuronSums?, float[][], DenseKernel, RecurrentArrays)"/>.
    /// </summary>
    public void LeaveInputScale(NetworkArrays network) => inputScale?.Leave(network, _stimuli);

    /// <summary>Adds ∂loss/∂spike of a panel on a sample by the next layer, where there is one.</summary>
    private void AddAbove(int panel, int sample, Span<float> gradient)
    {
        ReadOnlySpan<float> above = Above(sample);
        if (above.IsEmpty) return;
        for (int step = 0; step < steps; step++)
        {
            Span<float> ofStep = gradient.Slice(step * Lanes.Panel, Lanes.Panel);
            TensorPrimitives.Add(ofStep, above.Slice((step * _lanes.Panels + panel) * Lanes.Panel, Lanes.Panel), ofStep);
        }
    }

    /// <summary>∂loss/∂spike of a sample by the next layer, [step, lane of any panel]; empty where there is none.</summary>
    private ReadOnlySpan<float> Above(int sample)
    {
        int size = _lanes.Panels * steps * Lanes.Panel;
        return _above.Length == 0 ? default : _above.Span.Slice(sample * size, size);
    }

    /// <summary>What the currents of some samples owe to the inputs, where they are left, [sample, step, input].</summary>
    /// <param name="first">The first sample.</param>
    /// <param name="gradient">Receives as many samples as it holds.</param>
    public void OfInputs(int first, Span<float> gradient)
    {
        int size = steps * (inputs / columns.Layer.Delays.Length);
        float[] received = Delays is null ? [] : new float[steps * inputs];
        for (int at = 0; at < gradient.Length; at += size, first++)
        {
            if (Delays is null)
            {
                _toInputs!.Run(CurrentsByStep(first), gradient.Slice(at, size), steps);
                continue;
            }
            _toInputs!.Run(CurrentsByStep(first), received, steps);
            Delays.Backward(received, gradient.Slice(at, size));
        }
    }

    /// <summary>From ∂loss/∂current, [lane], to what it owes to each input: the weights as a dense layer, backwards.</summary>
    private DenseKernel ToInputs()
    {
        int lanes = _lanes.Panels * Lanes.Panel;
        var weights = new float[inputs * lanes];
        for (int panel = 0; panel < _lanes.Panels; panel++)
            for (int input = 0; input < inputs; input++)
                columns.Weights[panel].Slice(input * Lanes.Panel, Lanes.Panel).CopyTo(weights.AsSpan(input * lanes + panel * Lanes.Panel));
        return new DenseKernel(weights, [], lanes);
    }

    /// <summary>∂loss/∂current of a sample, [step, lane of any panel].</summary>
    private float[] CurrentsByStep(int sample)
    {
        int lanes = _lanes.Panels * Lanes.Panel;
        var currents = new float[steps * lanes];
        for (int panel = 0; panel < _lanes.Panels; panel++)
            for (int step = 0; step < steps; step++)
                CoupledGradient.Currents(Kept(panel, sample), steps).Slice(step * Lanes.Panel, Lanes.Panel)
                    .CopyTo(currents.AsSpan(step * lanes + panel * Lanes.Panel));
        return currents;
    }

    /// <summary>Adds what ∂loss/∂current of a panel on a sample, [step, lane], makes of the weights.</summary>
    private void Add(int panel, int sample, ReadOnlySpan<float> currents)
    {
        inputScale?.Sum(panel, sample, currents);
        WeightGradientKernel.Add(_stimuli[sample], columns.Seen[panel], currents, Weights[panel]);
    }
}
