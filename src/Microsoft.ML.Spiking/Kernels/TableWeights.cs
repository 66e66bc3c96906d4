namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The columns' weights on their grids, as 16-bit integers, in words of 16 neurons as <see cref="Lanes"/> lays them out.</summary>
internal sealed unsafe class TableWeights
{
    private readonly AlignedArray<short> _values;
    private readonly int _inputs;   // with those that pad the last word of the spikes

    private TableWeights(Lanes lanes, int inputs)
    {
        _inputs = (inputs + PackedSpikes.WordInputs - 1) / PackedSpikes.WordInputs * PackedSpikes.WordInputs;
        _values = new AlignedArray<short>(lanes.Words * Lanes.Word * _inputs);
        Scale = new float[lanes.Words * Lanes.Word];
        Array.Fill(Scale, 1);
    }

    /// <summary>What a weight of 1 is as an integer, a power of two, for each lane.</summary>
    public float[] Scale { get; }

    /// <summary>The weights of a word's 16 neurons, [input, neuron].</summary>
    public short* Word(int word) => _values.First + (nint)word * Lanes.Word * _inputs;

    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="columnWeights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <returns>Null where a neuron's weights lie on no <see cref="WeightGrid"/>.</returns>
    public static TableWeights? TryCreate(Lanes lanes, float[] columnWeights, int inputs)
    {
        var weights = new TableWeights(lanes, inputs);
        bool held = Parallel.For(0, lanes.Columns * lanes.Neurons, (neuron, loop) =>
        {
            if (!weights.Set(lanes.Of(neuron), columnWeights.AsSpan(neuron * inputs, inputs))) loop.Stop();
        }).IsCompleted;
        return held ? weights : null;
    }

    private bool Set(int lane, ReadOnlySpan<float> row)
    {
        if (WeightGrid.Find(row) is not { } k) return false;
        Scale[lane] = MathF.ScaleB(1, k);
        short* target = Word(lane / Lanes.Word) + lane % Lanes.Word;
        for (int i = 0; i < row.Length; i++) target[i * Lanes.Word] = (short)(row[i] * Scale[lane]);
        return true;
    }
}
