using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>Rows and their predictions.</summary>
internal abstract class SpikingNetworkBlock : RowBlock
{
    private readonly SpikingNetworkTransformer _transformer;
    private readonly ReadAheadSamples _samples;
    private readonly PredictionCost?[]? _costs;   // [slot]; null where there is no such column

    protected SpikingNetworkBlock(SpikingNetworkTransformer transformer, SampleReader reader, int capacity)
    {
        (_transformer, _samples) = (transformer, new ReadAheadSamples(reader, capacity));
        (Classes, Columns) = (transformer.Model.Classes, transformer.Model.Network.AllColumns);
        (Scores, Rates) = (new float[capacity * Classes], new float[capacity * Columns]);
        if (transformer.Model.Names.Cost is not null) _costs = new PredictionCost?[capacity];
    }

    protected int Classes { get; }

    protected int Columns { get; }

    /// <summary>The classes' probabilities, [slot, class]; NaN where the row is missing.</summary>
    protected float[] Scores { get; }

    /// <summary>The columns' spike rates, [slot, column]; NaN where the row is missing.</summary>
    protected float[] Rates { get; }

    public override void Read(int slot) => _samples.Read(slot);

    public override void Compute(int rows)
    {
        _transformer.Scorer.Run(_samples.Batch, rows, Scores, Rates, _costs);
        _transformer.Scorer.Softmax(Scores.AsSpan(0, rows * Classes));
        for (int row = 0; row < rows; row++)
        {
            if (!IsMissing(row)) continue;
            Scores.AsSpan(row * Classes, Classes).Fill(float.NaN);
            Rates.AsSpan(row * Columns, Columns).Fill(float.NaN);
            _costs?[row] = null;
        }
    }

    /// <summary>What a row cost.</summary>
    protected ValueGetter<VBuffer<double>> Cost(Func<int> slot) => (ref VBuffer<double> value) => CostColumn.Write(_costs![slot()], ref value);

    protected bool IsMissing(int slot) => _samples.IsMissing(slot);
}
