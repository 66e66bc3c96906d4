namespace Microsoft.ML.Spiking;

/// <summary>The buffers that one thread needs to show the columns a row and to sum up what they did.</summary>
internal sealed class ScoringWorkspace(ColumnSimulation columns, DenseKernel interWeights, SampleEncoder encoder, int steps)
{
    private readonly ColumnActivity _activity = new(columns.Lanes, steps);
    private readonly CoupledSimulation? _coupled = columns.Coupling == 0 ? null : new CoupledSimulation(columns, steps);

    /// <summary>Room for what a row is shown as.</summary>
    public Stimulus Stimulus { get; } = new(steps);

    /// <summary>Shows the columns intensities, through the evaluation code.</summary>
    /// <param name="features">Overwritten; may be in the <see cref="Stimulus"/>.</param>
    public void Show(Span<float> features)
    {
        encoder.Evaluate(features, Stimulus);
        Show(Stimulus);
    }

    /// <summary>Shows the columns a row as it is.</summary>
    public void Show(Stimulus stimulus)
    {
        if (_coupled is null) columns.Show(stimulus, _activity);
        else _coupled.Show(stimulus, interWeights, _activity);
    }

    /// <inheritdoc cref="ColumnActivity.CountExtremes"/>
    public void CountExtremes(Span<int> active, Span<int> constant) => _activity.CountExtremes(active, constant);

    /// <summary>The spike rates of the neurons, [column, neuron], and the mean size of each column's.</summary>
    public void Read(Span<float> spikeRates, Span<float> columnRates)
    {
        columns.Accumulate(_activity, interWeights, spikeRates);
        int neurons = columns.Lanes.Neurons;
        for (int column = 0; column < columnRates.Length; column++)
        {
            float sum = 0;
            foreach (ref float rate in spikeRates.Slice(column * neurons, neurons))
            {
                rate /= _activity.Steps;
                sum += MathF.Abs(rate);
            }
            columnRates[column] = sum / neurons;
        }
    }
}
