using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>The buffers that one thread needs to show the layers some rows and to sum up what they did.</summary>
internal sealed class ScoringWorkspace
{
    /// <summary>Rows at most at once: those go through weights together, which are far larger than a cache, and read them once.</summary>
    public const int Rows = 64;

    private readonly SampleEncoder _encoder;
    private readonly Stimulus?[] _room = new Stimulus?[Rows];
    private readonly Stimulus[] _shown = new Stimulus[Rows];
    private readonly LayerRun[] _layers;
    private readonly Stimulus[] _seen;   // what each layer was shown last, before its delays
    private readonly int _steps;
    private readonly bool _keep;
    private ConstantSimulation? _constant;
    private int _rows;

    /// <param name="layers">The layers.</param>
    /// <param name="encoder">How rows are encoded.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="keep">Whether it keeps every membrane of the row that was read last, and what else its neurons' type keeps.</param>
    public ScoringWorkspace(ScoringLayer[] layers, SampleEncoder encoder, int steps, bool keep = false)
    {
        (_encoder, _steps, _keep) = (encoder, steps, keep);
        _layers = [.. layers.Select(layer => layer.Run(steps, keep))];
        _seen = new Stimulus[layers.Length];
    }

    /// <summary>Room for what the next row is shown as; after <see cref="Read"/>, what the first was.</summary>
    public Stimulus Stimulus => _room[_rows] ??= new Stimulus(_steps);

    /// <summary>What each layer did on the row that was read last, where each step was taken.</summary>
    public IReadOnlyList<LayerRun> Layers => _layers;

    /// <summary>Shows the first layer intensities, through the evaluation code.</summary>
    /// <param name="features">Overwritten; may be in the <see cref="Stimulus"/>.</param>
    public void Show(Span<float> features)
    {
        _encoder.Evaluate(features, Stimulus);
        Show(Stimulus);
    }

    /// <summary>Shows the layers a row as it is; what they do, <see cref="Read"/> finds out, so it must stay as it is until then.</summary>
    public void Show(Stimulus stimulus) => _shown[_rows++] = stimulus;

    /// <summary>Runs the layers on the rows that were shown.</summary>
    /// <param name="spikeRates">Receives the spike rates of the neurons that are read, [row, neuron].</param>
    /// <param name="columnRates">Receives the mean size of each column's, [row, column of any layer].</param>
    /// <param name="active">Receives the neurons that spiked at all, [row, column of any layer]; empty where nobody asks.</param>
    /// <param name="constant">Receives the neurons that spiked in every step, [row, column of any layer]; empty where nobody asks.</param>
    /// <param name="costs">Receives what each row costs, [row]; empty where nobody asks.</param>
    /// <param name="counter">Adds that up; null where nobody asks.</param>
    public void Read(Span<float> spikeRates, Span<float> columnRates, Span<int> active = default, Span<int> constant = default,
        Span<PredictionCost?> costs = default, CostCounter? counter = null)
    {
        ReadOnlySpan<Stimulus> rows = _shown.AsSpan(0, _rows);
        _rows = 0;
        int neurons = spikeRates.Length / rows.Length, columns = columnRates.Length / rows.Length;
        ConstantSimulation? atOnce = AtOnce(rows);
        atOnce?.Show(rows);
        for (int row = 0; row < rows.Length; row++)
        {
            Span<float> rates = spikeRates.Slice(row * neurons, neurons), ofColumns = columnRates.Slice(row * columns, columns);
            if (atOnce is null)
            {
                Step(rows[row]);
                ReadSteps(rates, ofColumns);
            }
            else
            {
                atOnce.Read(row, ((ColumnScoring)_layers[0].Layer).InterWeights, rates, ofColumns);
            }
            if (counter is not null) costs[row] = atOnce is null ? CostOfSteps(counter) : CostOf(row, rows[row], atOnce, counter);
            if (active.IsEmpty) continue;
            Span<int> any = active.Slice(row * columns, columns), every = constant.Slice(row * columns, columns);
            if (atOnce is null) CountExtremes(any, every);
            else atOnce.CountExtremes(row, any, every);
        }
    }

    /// <summary>What runs a lone layer on rows that are the same in every step; null where the steps must be taken.</summary>
    private ConstantSimulation? AtOnce(ReadOnlySpan<Stimulus> rows)
    {
        if (_keep || _layers is not [{ Layer: ColumnScoring { Windows: 1, TimeConstant: null } lone }]) return null;
        foreach (Stimulus row in rows)
            if (!row.IsConstant) return null;
        return lone.Rasters is { } rasters ? _constant ??= new ConstantSimulation(lone.Columns, rasters, Rows) : null;
    }

    private void Step(Stimulus stimulus)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (i > 0) stimulus = _layers[i - 1].Spikes();
            _layers[i].Show(_seen[i] = stimulus);
        }
    }

    private PredictionCost CostOfSteps(CostCounter counter)
    {
        long events = 0, spikes = 0, operations = 0;
        for (int i = 0; i < _layers.Length; i++)
        {
            LayerCost cost = counter.Layers[i];
            (long inputs, long arrived) = cost.OfInputs(_seen[i]);
            if (i == 0) events = inputs;
            int[] ofGroups = new int[cost.Groups], active = new int[cost.Groups], last = new int[cost.Groups];
            _layers[i].CountSpikes(ofGroups, active);
            _layers[i].CountLast(last);
            (spikes, operations) = (spikes + ofGroups.Sum(), operations + arrived + cost.OfSpikes(ofGroups, active) + cost.OfRecurrence(ofGroups, last));
        }
        return counter.Of(events, spikes, operations);
    }

    /// <summary>The same of a lone layer that took no steps.</summary>
    private static PredictionCost CostOf(int row, Stimulus shown, ConstantSimulation atOnce, CostCounter counter)
    {
        LayerCost cost = counter.Layers[0];
        (long events, long arrived) = cost.OfInputs(shown);
        int[] spikes = new int[cost.Groups], active = new int[cost.Groups];
        atOnce.CountSpikes(row, spikes, active);
        return counter.Of(events, spikes.Sum(), arrived + cost.OfSpikes(spikes, active));
    }

    private void CountExtremes(Span<int> active, Span<int> constant)
    {
        foreach (LayerRun layer in _layers)
        {
            layer.CountExtremes(active, constant);
            active = active[layer.Shape.Groups..];
            constant = constant[layer.Shape.Groups..];
        }
    }

    private void ReadSteps(Span<float> spikeRates, Span<float> columnRates)
    {
        foreach (LayerRun layer in _layers)
        {
            bool read = layer.Layer.IsRead;
            layer.Read(read ? spikeRates[..layer.Layer.Rates] : layer.Unread, columnRates[..layer.Shape.Groups]);
            if (read) spikeRates = spikeRates[layer.Layer.Rates..];
            columnRates = columnRates[layer.Shape.Groups..];
        }
    }
}
