using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Predicts from a <see cref="SpikingModel"/> in managed code. Thread-safe; a row's result depends on that row alone.</summary>
internal sealed class SpikingScorer
{
    private readonly SpikingModel _model;
    private readonly DenseKernel _output;
    private readonly SparseKernel? _hidden;
    private readonly DenseKernel? _attention;
    private readonly int[] _read;   // rates of each layer that is read, in one reading

    public SpikingScorer(SpikingModel model)
    {
        _model = model;
        Rates = new NeuronRates(model);
        _read = [.. Rates.Layers.Where(layer => layer.IsRead).Select(layer => layer.Rates / Readings)];
        int inputs = model.Network.ReadoutInputs(model.Input);
        if (HiddenUnits > 0) _hidden = new SparseKernel(model.HiddenWeights.AsSpan(), model.HiddenBias.AsSpan(), inputs);
        _output = new DenseKernel(model.OutputWeights.AsSpan(), model.OutputBias.AsSpan(), model.Network.Readout.OutputInputs(inputs));
        if (model.Network.Readout.Attends) _attention = new DenseKernel(model.AttentionWeights.AsSpan(), [], inputs);
    }

    /// <summary>What the readout reads.</summary>
    public NeuronRates Rates { get; }

    /// <summary>Units of the readout's hidden layer; 0 where it is linear.</summary>
    private int HiddenUnits => _model.Network.Readout.HiddenUnits;

    /// <summary>How often the readout's weights read a row.</summary>
    private int Readings => _model.Network.Readout.Readings;

    private int Columns => Rates.Columns;

    private int Neurons => Rates.Count;

    /// <param name="batch">The rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="logits">Receives [row, class].</param>
    /// <param name="columnRates">Receives [row, column]: mean over a column's neurons of |spike rate|.</param>
    /// <param name="costs">Receives [row]: what it costs; null where nobody asks.</param>
    public void Run(SampleBatch batch, int rows, float[] logits, float[] columnRates, PredictionCost?[]? costs = null)
        => NeuronRates.InBlocks(rows, block =>
    {
        (int first, int count) = block.GetOffsetAndLength(rows);
        float[] rates = ArrayPool<float>.Shared.Rent(count * Neurons);
        Rates.Read(batch, block, rates.AsSpan(0, count * Neurons), columnRates.AsSpan(first * Columns, count * Columns),
            costs: costs is null ? default : costs.AsSpan(first, count));
        Read(rates.AsSpan(0, count * Neurons), count, logits.AsSpan(first * _model.Classes, count * _model.Classes));
        ArrayPool<float>.Shared.Return(rates);
    });

    /// <summary>What the columns do on rows like these.</summary>
    public ColumnHealth Health(SampleBatch batch, int rows)
    {
        var rates = new float[rows * Columns];
        int[] active = new int[rows * Columns], constant = new int[rows * Columns];
        NeuronRates.InBlocks(rows, block =>
        {
            (int first, int count) = block.GetOffsetAndLength(rows);
            int at = first * Columns, length = count * Columns;
            float[] ofNeurons = ArrayPool<float>.Shared.Rent(count * Neurons);
            Rates.Read(batch, block, ofNeurons.AsSpan(0, count * Neurons), rates.AsSpan(at, length), active.AsSpan(at, length), constant.AsSpan(at, length));
            ArrayPool<float>.Shared.Return(ofNeurons);
        });
        var average = new float[Columns];
        int[] silent = new int[Columns], saturated = new int[Columns];
        for (int i = 0; i < rates.Length; i++)
        {
            average[i % Columns] += rates[i] / rows;
            silent[i % Columns] += active[i] == 0 ? 1 : 0;
            saturated[i % Columns] += constant[i];
        }
        int[] neurons = [.. Rates.Layers.SelectMany(layer => Enumerable.Repeat(layer.Shape.PerGroup, layer.Shape.Groups))];
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

    /// <summary>Room for the reading of some rows.</summary>
    public ReadoutRoom Room(int rows) => Readings == 1
        ? new ReadoutRoom([], new float[rows * HiddenUnits], [], [])
        : new ReadoutRoom(new float[_read.Length > 1 ? Neurons : 0], new float[Readings * HiddenUnits], new float[Readings * _model.Classes],
            new float[Readings]);

    /// <summary>From the spike rates of rows, [row, neuron], which are scaled in place, to their logits.</summary>
    public void Read(Span<float> spikeRates, int rows, Span<float> logits) => Read(spikeRates, rows, logits, Room(rows));

    /// <summary>The same, with room for it.</summary>
    public void Read(Span<float> spikeRates, int rows, Span<float> logits, ReadoutRoom room)
    {
        for (int row = 0; row < rows; row++) Rates.Scale(spikeRates.Slice(row * Neurons, Neurons));
        if (Readings == 1) Score(spikeRates, rows, logits, room.Hidden);
        else
            for (int row = 0; row < rows; row++) ReadOn(spikeRates.Slice(row * Neurons, Neurons), logits.Slice(row * _model.Classes, _model.Classes), room);
    }

    /// <summary>Reads a row in each of its windows, and puts together what that gives.</summary>
    private void ReadOn(ReadOnlySpan<float> rates, Span<float> logits, ReadoutRoom room)
    {
        if (_read.Length > 1)
        {
            Gather(rates, room.Inputs);
            rates = room.Inputs;
        }
        Score(rates, Readings, room.Scores, room.Hidden);
        if (_attention is null)
        {
            WindowPool.Maximum(room.Scores, logits);
            return;
        }
        _attention.Run(rates, room.Attention, Readings);
        WindowPool.Attend(room.Scores, room.Attention, logits);
    }

    /// <summary>From [layer, window, neuron] to [window, layer, neuron].</summary>
    private void Gather(ReadOnlySpan<float> rates, Span<float> inputs)
    {
        int width = Neurons / Readings, first = 0;
        foreach (int neurons in _read)
        {
            for (int window = 0; window < Readings; window++) rates.Slice(window * neurons, neurons).CopyTo(inputs[(window * width + first)..]);
            rates = rates[(Readings * neurons)..];
            first += neurons;
        }
    }

    /// <summary>What the weights make of what they read, [reading, input] to [reading, class].</summary>
    private void Score(ReadOnlySpan<float> inputs, int readings, Span<float> scores, Span<float> hidden)
    {
        if (_hidden is null)
        {
            _output.Run(inputs, scores, readings);
            return;
        }
        _hidden.Run(inputs, hidden, readings);
        TensorPrimitives.Max(hidden, 0f, hidden);
        _output.Run(hidden, scores, readings);
    }
}
