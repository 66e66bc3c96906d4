namespace Microsoft.ML.Spiking.Kernels;

/// <summary>One number for each sample of a batch and each neuron of a layer, in the order in which the engine's kernels make them.</summary>
internal sealed class NeuronSums
{
    private readonly int _columns, _neurons, _row;

    private NeuronSums(int batch, int columns, int neurons, int rows, int row)
    {
        (Batch, _columns, _neurons, _row) = (batch, columns, neurons, row);
        Values = new AlignedFloats(rows * row);
    }

    /// <summary>[sample, window, column, neuron].</summary>
    public static NeuronSums BySample(int batch, int columns, int neurons, int windows = 1)
        => new(batch, columns, neurons, batch, windows * columns * neurons) { Windows = windows };

    /// <summary>[column, neuron, lane], of which the batch's samples take the first and the others stay 0.</summary>
    public static NeuronSums ByNeuron(int batch, int columns, int neurons, int lanes)
        => new(batch, columns, neurons, columns * neurons, lanes) { IsByNeuron = true };

    /// <summary>Neurons of a column.</summary>
    public int NeuronsPerColumn => _neurons;

    /// <summary>Samples.</summary>
    public int Batch { get; }

    /// <summary>Numbers of each sample and neuron, one a window of time steps.</summary>
    public int Windows { get; private init; } = 1;

    public AlignedFloats Values { get; }

    /// <summary>Whether the samples of a neuron lie side by side, and not the neurons of a sample.</summary>
    public bool IsByNeuron { get; private init; }

    /// <summary>[sample, neuron of any column], or [sample, neuron of any window and column].</summary>
    public Matrix Matrix => IsByNeuron
        ? new Matrix(Values, _columns * _neurons, _row).Part(0, 0, _columns * _neurons, Batch).Transposed
        : new Matrix(Values, Batch, _row);

    /// <summary>
    /// What a readout reads that reads a row so many times: [sample, neuron of any window and column], or [sample and window, neuron of any column].
    /// </summary>
    public Matrix Read(int readings) => readings == 1 ? Matrix : new Matrix(Values, Batch * readings, _row / readings);

    /// <summary>An empty one of the same order.</summary>
    public NeuronSums Alike() => new(Batch, _columns, _neurons, Values.Length / _row, _row) { IsByNeuron = IsByNeuron, Windows = Windows };

    /// <summary>Whether another has the same sizes and the same order.</summary>
    public bool IsLike(NeuronSums other)
        => (Batch, _columns, _neurons, _row, IsByNeuron) == (other.Batch, other._columns, other._neurons, other._row, other.IsByNeuron);

    /// <summary>How many stretches the numbers of a column lie in: one a sample and window, or one a neuron.</summary>
    public int Stretches => IsByNeuron ? _neurons : Batch * Windows;

    /// <summary>Numbers of a column that lie side by side.</summary>
    public Span<float> Stretch(int column, int stretch) => IsByNeuron
        ? Values.Span.Slice((column * _neurons + stretch) * _row, Batch)
        : Values.Span.Slice((stretch * _columns + column) * _neurons, _neurons);

    /// <summary>A sample's numbers where they lie side by side, [window, column, neuron].</summary>
    public Span<float> Sample(int sample) => Values.Span.Slice(sample * _row, _row);

    /// <summary>A copy as [sample, window, column, neuron].</summary>
    public float[] ToArray()
    {
        if (!IsByNeuron) return Values.Span.ToArray();
        var values = new float[Batch * _columns * _neurons];
        for (int neuron = 0; neuron < _columns * _neurons; neuron++)
            for (int sample = 0; sample < Batch; sample++) values[sample * _columns * _neurons + neuron] = Values.Span[neuron * _row + sample];
        return values;
    }
}
