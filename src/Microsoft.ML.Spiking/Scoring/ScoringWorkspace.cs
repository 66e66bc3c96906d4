namespace Microsoft.ML.Spiking;

/// <summary>The buffers that one thread needs to show the columns a row and to sum up what they did.</summary>
internal sealed class ScoringWorkspace(ColumnSimulation columns, SampleEncoder encoder, int inputs, int steps)
{
    private readonly ColumnActivity _activity = new(columns.Lanes, steps);
    private readonly float[] _input = new float[inputs], _values = new float[inputs];
    private readonly int[] _active = new int[inputs];

    /// <summary>Shows the columns intensities, through the evaluation code.</summary>
    public void Show(ReadOnlySpan<float> features)
    {
        encoder.Evaluation(features, _input);
        int count = 0;
        for (int i = 0; i < _input.Length; i++)
        {
            if (_input[i] == 0) continue;
            (_active[count], _values[count]) = (i, _input[i]);
            count++;
        }
        columns.Show(_active.AsSpan(0, count), _values.AsSpan(0, count), _activity);
    }

    /// <summary>Shows the columns a spike train.</summary>
    public void Show(SpikeTrain train) => columns.Show(train, _activity);

    /// <summary>The spike rates of the neurons, [column, neuron], and the mean size of each column's.</summary>
    public void Read(DenseKernel interWeights, Span<float> spikeRates, Span<float> columnRates)
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
