using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Predicts from a <see cref="SpikingModel"/> in managed code. Thread-safe; a row's result depends on that row alone.</summary>
internal sealed class SpikingScorer
{
    // Rows that share a pass over the readout's weights: enough to pay for reading them, few enough for all threads to have work.
    private const int Block = 16;

    private readonly SpikingModel _model;
    private readonly DenseKernel _output;
    private readonly DenseKernel? _hidden;

    public SpikingScorer(SpikingModel model)
    {
        _model = model;
        Rates = new NeuronRates(model);
        if (model.Network.Readout.HiddenUnits > 0) _hidden = new DenseKernel(model.HiddenWeights.AsSpan(), model.HiddenBias.AsSpan(), Neurons);
        _output = new DenseKernel(model.OutputWeights.AsSpan(), model.OutputBias.AsSpan(), model.Network.Readout.OutputInputs(Neurons));
    }

    /// <summary>What the readout reads.</summary>
    public NeuronRates Rates { get; }

    private int Columns => Rates.Columns;

    private int Neurons => Rates.Count;

    /// <param name="batch">The rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="logits">Receives [row, class].</param>
    /// <param name="columnRates">Receives [row, column]: mean over a column's neurons of |spike rate|.</param>
    public void Run(SampleBatch batch, int rows, float[] logits, float[] columnRates)
    {
        int blocks = (rows + Block - 1) / Block, next = -1;
        if (blocks == 1)
        {
            RunBlock(batch, 0, rows, logits, columnRates);
            return;
        }
        // Each thread takes the next block when it is done with one: left to itself, Parallel.For hands out several, and the others wait for the last.
        Parallel.For(0, Math.Min(blocks, Environment.ProcessorCount), _ =>
        {
            for (int b = Interlocked.Increment(ref next); b < blocks; b = Interlocked.Increment(ref next))
                RunBlock(batch, b * Block, Math.Min(Block, rows - b * Block), logits, columnRates);
        });
    }

    /// <summary>What the columns do on rows like these.</summary>
    public ColumnHealth Health(SampleBatch batch, int rows)
    {
        var rates = new float[rows * Columns];
        int[] active = new int[rows * Columns], constant = new int[rows * Columns];
        Parallel.For(0, rows, row => Rates.Read(batch, row, new float[Neurons],
            rates.AsSpan(row * Columns, Columns), active.AsSpan(row * Columns, Columns), constant.AsSpan(row * Columns, Columns)));
        var average = new float[Columns];
        int[] silent = new int[Columns], saturated = new int[Columns];
        for (int i = 0; i < rates.Length; i++)
        {
            average[i % Columns] += rates[i] / rows;
            silent[i % Columns] += active[i] == 0 ? 1 : 0;
            saturated[i % Columns] += constant[i];
        }
        int[] neurons = [.. Rates.Layers.SelectMany(layer => Enumerable.Repeat(layer.Columns.Lanes.Neurons, layer.Columns.Lanes.Columns))];
        return new ColumnHealth(
            average, Array.ConvertAll(silent, count => count / (float)rows), [.. saturated.Select((count, column) => count / ((float)rows * neurons[column]))]);
    }

    /// <summary>Logits to probabilities, row by row, in place.</summary>
    public void Softmax(Span<float> logits)
    {
        for (int at = 0; at < logits.Length; at += _model.Classes)
        {
            Span<float> row = logits.Slice(at, _model.Classes);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);   // or e to the power of a logit of 89 is infinite, and the row NaN
            if (_model.Temperature != 1) TensorPrimitives.Divide(row, _model.Temperature, row);
            TensorPrimitives.SoftMax(row, row);
        }
    }

    private void RunBlock(SampleBatch batch, int first, int rows, float[] logits, float[] columnRates)
    {
        float[] features = new float[rows * Neurons];
        for (int r = 0; r < rows; r++)
            Rates.Read(batch, first + r, features.AsSpan(r * Neurons, Neurons), columnRates.AsSpan((first + r) * Columns, Columns));
        Read(features, rows, logits.AsSpan(first * _model.Classes, rows * _model.Classes));
    }

    /// <summary>From the spike rates of rows, [row, neuron], which are scaled in place, to their logits.</summary>
    public void Read(float[] spikeRates, int rows, Span<float> logits)
    {
        for (int row = 0; row < rows; row++) Rates.Scale(spikeRates.AsSpan(row * Neurons, Neurons));
        _output.Run(Hidden(spikeRates, rows), logits, rows);
    }

    private float[] Hidden(float[] features, int rows)
    {
        if (_hidden is null) return features;
        var hidden = new float[rows * _model.Network.Readout.HiddenUnits];
        _hidden.Run(features, hidden, rows);
        TensorPrimitives.Max(hidden, 0f, hidden);
        return hidden;
    }
}
