namespace Microsoft.ML.Spiking;

/// <summary>The gradient of the columns' weights on the CPU, back through time and through the spikes.</summary>
/// <remarks>What the forward pass keeps for it are the membranes of every neuron in every step. A panel's sums are made by one thread, in the order of the samples.</remarks>
internal sealed class ColumnGradient(Surrogate surrogate, ColumnSimulation columns, int steps, int inputs, ReceptiveFields? fields, InputScaleGradient? inputScale)
{
    private readonly Lanes _lanes = columns.Lanes;
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
        int length = batch * _lanes.Panels * steps * Lanes.Panel;
        if (_membranes.Length < length) _membranes = new AlignedFloats(length);
        inputScale?.Expect(batch);
    }

    /// <summary>The membranes of a panel on a sample, [step, lane].</summary>
    public Span<float> Membranes(int panel, int sample)
    {
        int length = steps * Lanes.Panel;
        return _membranes.Span.Slice((sample * _lanes.Panels + panel) * length, length);
    }

    /// <summary>Adds the gradient of a batch.</summary>
    /// <param name="activities">What the columns did.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [sample, column, neuron].</param>
    /// <param name="rates">∂loss/∂rate / neurons of each sample, [step, column].</param>
    public void Add(IReadOnlyList<ColumnActivity> activities, ReadOnlyMemory<float> accumulated, float[][] rates)
    {
        int neurons = _lanes.Columns * _lanes.Neurons;
        Parallel.For(0, _lanes.Panels, panel =>
        {
            var gradient = new AlignedFloats(steps * Lanes.Panel);
            for (int sample = 0; sample < rates.Length; sample++)
            {
                AccumulateKernel.SpikeGradient(_lanes, panel, activities[sample], accumulated.Span.Slice(sample * neurons, neurons), rates[sample], gradient.Span);
                LifGradientKernel.Run(surrogate, _lanes, panel, Membranes(panel, sample), gradient.Span);
                inputScale?.Sum(panel, sample, gradient.Span);
                WeightGradientKernel.Add(_stimuli[sample], columns.Seen[panel], gradient.Span, Weights[panel]);
            }
            fields?.Clear(panel, _lanes, Weights[panel]);
        });
    }

    /// <summary>Leaves the gradient of the input scale, after <see cref="Add"/>.</summary>
    public void LeaveInputScale(SpikingNetwork network) => inputScale?.Leave(network, _stimuli);
}
