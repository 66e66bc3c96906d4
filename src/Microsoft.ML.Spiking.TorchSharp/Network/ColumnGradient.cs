using System.Collections.Concurrent;

namespace Microsoft.ML.Spiking;

/// <summary>The gradient of the columns' weights on the CPU, back through time and through the spikes.</summary>
/// <remarks>What the forward pass keeps for it are the membranes of every neuron in every step. A panel's sums are made by one thread, in the order of the samples.</remarks>
internal sealed class ColumnGradient(Surrogate surrogate, ColumnSimulation columns, int steps, int inputs, ReceptiveFields? fields, InputScaleGradient? inputScale)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly ConcurrentBag<CoupledGradient> _coupled = [];
    private readonly ConcurrentBag<AlignedFloats> _scratch = [];
    private AlignedFloats _membranes = new(0);
    private IReadOnlyList<Stimulus> _stimuli = [];

    /// <summary>∂loss/∂weight; added to.</summary>
    public PanelWeights Weights { get; } = new(columns.Lanes, inputs);

    /// <summary>Makes room for the membranes of a batch.</summary>
    /// <param name="stimuli">What each sample is shown.</param>
    /// <param name="batch">Number of samples.</param>
    public void Expect(IReadOnlyList<Stimulus> stimuli, int batch)
    {
        _stimuli = stimuli;
        long needed = (long)batch * _lanes.Panels * steps * Lanes.Panel;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException(Trouble.Batch.Says($"The gradient of {batch} samples of {steps} steps in {_lanes.Panels * Lanes.Panel} neurons keeps {needed} membranes, more than an array holds; make BatchSize smaller."));
        int length = (int)needed;
        if (_membranes.Length < length) _membranes = new AlignedFloats(length);
        inputScale?.Expect(batch);
    }

    /// <summary>The membranes of a panel on a sample, [step, lane].</summary>
    public Span<float> Membranes(int panel, int sample)
    {
        int length = steps * Lanes.Panel;
        return _membranes.Span.Slice((sample * _lanes.Panels + panel) * length, length);
    }

    /// <summary>The membranes of all panels on a sample, [panel, step, lane].</summary>
    public Span<float> Membranes(int sample)
    {
        int length = _lanes.Panels * steps * Lanes.Panel;
        return _membranes.Span.Slice(sample * length, length);
    }

    /// <summary>Adds the gradient of a batch.</summary>
    /// <param name="activities">What the columns did.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [sample, column, neuron].</param>
    /// <param name="influences">modulation · ∂loss/∂gain of each sample, [step, column]; becomes ∂loss/∂influence.</param>
    /// <param name="heardBy">From ∂loss/∂influence to ∂loss/∂rate / neurons, as a layer.</param>
    public void Add(IReadOnlyList<ColumnActivity> activities, ReadOnlyMemory<float> accumulated, float[][] influences, DenseKernel heardBy)
    {
        int neurons = _lanes.Columns * _lanes.Neurons;
        ReadOnlySpan<float> Of(int sample) => accumulated.Span.Slice(sample * neurons, neurons);
        if (columns.Coupling != 0)
        {
            Parallel.For(0, influences.Length, sample =>
            {
                if (!_coupled.TryTake(out CoupledGradient? coupled)) coupled = new CoupledGradient(surrogate, columns);
                coupled.Run(activities[sample], Of(sample), influences[sample], heardBy, Membranes(sample));
                _coupled.Add(coupled);
            });
            Parallel.For(0, _lanes.Panels, panel =>
            {
                for (int sample = 0; sample < influences.Length; sample++) Add(panel, sample, Membranes(panel, sample));
                fields?.Clear(panel, _lanes, Weights[panel]);
            });
            return;
        }
        var rates = new float[influences.Length][];
        Parallel.For(0, rates.Length, sample => heardBy.Run(influences[sample], rates[sample] = new float[steps * _lanes.Columns], steps));
        Parallel.For(0, _lanes.Panels, panel =>
        {
            if (!_scratch.TryTake(out AlignedFloats? gradient)) gradient = new AlignedFloats(steps * Lanes.Panel);
            for (int sample = 0; sample < rates.Length; sample++)
            {
                AccumulateKernel.SpikeGradient(_lanes, panel, activities[sample], Of(sample), rates[sample], gradient.Span);
                LifGradientKernel.Run(surrogate, _lanes, panel, Membranes(panel, sample), gradient.Span);
                Add(panel, sample, gradient.Span);
            }
            _scratch.Add(gradient);
            fields?.Clear(panel, _lanes, Weights[panel]);
        });
    }

    /// <summary>Leaves the gradient of the input scale, after <see cref="Add(IReadOnlyList{ColumnActivity}, ReadOnlyMemory{float}, float[][], DenseKernel)"/>.</summary>
    public void LeaveInputScale(SpikingNetwork network) => inputScale?.Leave(network, _stimuli);

    /// <summary>Adds what ∂loss/∂current of a panel on a sample, [step, lane], makes of the weights.</summary>
    private void Add(int panel, int sample, ReadOnlySpan<float> currents)
    {
        inputScale?.Sum(panel, sample, currents);
        WeightGradientKernel.Add(_stimuli[sample], columns.Seen[panel], currents, Weights[panel]);
    }
}
