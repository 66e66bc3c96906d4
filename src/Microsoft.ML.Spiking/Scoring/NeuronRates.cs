using System.Collections.Concurrent;

namespace Microsoft.ML.Spiking;

/// <summary>Reads from a network's columns what the readout gets: the spike rates of all neurons. Thread-safe; a row's rates depend on that row alone.</summary>
internal sealed class NeuronRates
{
    private readonly float[] _rateScale;
    private readonly ConcurrentBag<ScoringWorkspace> _workspaces = [];

    public NeuronRates(SpikingModel model)
    {
        Steps = model.Input.Steps ?? model.Options.TimeSteps;
        Columns = new ColumnSimulation(model.Options, model.ColumnWeights.AsSpan(), model.Input.Inputs, ReceptiveFields.Of(model.Options, model.Input));
        Encoder = new SampleEncoder(model.Options, model.Standardisation, model.InputScale.AsMemory());
        InterWeights = new DenseKernel(model.InterColumnWeights(), [], model.Options.Columns);
        _rateScale = model.RateScale();
    }

    public ColumnSimulation Columns { get; }

    public SampleEncoder Encoder { get; }

    /// <summary>The weights between columns, as a layer.</summary>
    public DenseKernel InterWeights { get; }

    public int Steps { get; }

    /// <summary>Neurons of all columns, C·N.</summary>
    public int Count => Columns.Lanes.Columns * Columns.Lanes.Neurons;

    /// <summary>Shows the columns a row.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="spikeRates">Receives [neuron]: signed spikes per step, each counted as much as the other columns make it count.</param>
    /// <param name="columnRates">Receives [column]: mean over a column's neurons of |spike rate|.</param>
    public void Read(SampleBatch batch, int row, Span<float> spikeRates, Span<float> columnRates)
    {
        ScoringWorkspace workspace = Show(batch, row);
        workspace.Read(spikeRates, columnRates);
        _workspaces.Add(workspace);
    }

    /// <summary>The same, and what tells dead and saturated columns.</summary>
    /// <inheritdoc cref="ColumnActivity.CountExtremes"/>
    public void Read(SampleBatch batch, int row, Span<float> spikeRates, Span<float> columnRates, Span<int> active, Span<int> constant)
    {
        ScoringWorkspace workspace = Show(batch, row);
        workspace.Read(spikeRates, columnRates);
        workspace.CountExtremes(active, constant);
        _workspaces.Add(workspace);
    }

    /// <summary>The same, with the rates scaled as homeostasis has them.</summary>
    public void ReadScaled(SampleBatch batch, int row, Span<float> spikeRates, Span<float> columnRates)
    {
        Read(batch, row, spikeRates, columnRates);
        for (int n = 0; n < spikeRates.Length; n++) spikeRates[n] *= _rateScale[n / Columns.Lanes.Neurons];
    }

    private ScoringWorkspace Show(SampleBatch batch, int row)
    {
        if (!_workspaces.TryTake(out ScoringWorkspace? workspace))
            workspace = new ScoringWorkspace(Columns, InterWeights, Encoder, Steps);
        batch.Show(row, workspace);
        return workspace;
    }
}
