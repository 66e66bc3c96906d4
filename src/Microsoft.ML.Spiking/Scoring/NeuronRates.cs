using System.Collections.Concurrent;

namespace Microsoft.ML.Spiking;

/// <summary>Reads from a network's columns what the readout gets: the spike rates of all neurons. Thread-safe; a row's rates depend on that row alone.</summary>
internal sealed class NeuronRates
{
    private readonly ColumnSimulation _columns;
    private readonly SampleEncoder _encoder;
    private readonly DenseKernel _interWeights;
    private readonly float[] _rateScale;
    private readonly int _steps;
    private readonly ConcurrentBag<ScoringWorkspace> _workspaces = [];

    public NeuronRates(SpikingModel model)
    {
        _steps = model.Input.Steps ?? model.Options.TimeSteps;
        _columns = new ColumnSimulation(model.Options, model.ColumnWeights.AsSpan(), model.Input.Inputs, ReceptiveFields.Of(model.Options, model.Input));
        _encoder = new SampleEncoder(model.Options, model.Standardisation, model.InputScale.AsMemory());
        _interWeights = new DenseKernel(model.InterColumnWeights(), [], model.Options.Columns);
        _rateScale = model.RateScale();
    }

    /// <summary>Neurons of all columns, C·N.</summary>
    public int Count => _columns.Lanes.Columns * _columns.Lanes.Neurons;

    /// <summary>Shows the columns a row.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="spikeRates">Receives [neuron]: signed spikes per step, each counted as much as the other columns make it count.</param>
    /// <param name="columnRates">Receives [column]: mean over a column's neurons of |spike rate|.</param>
    public void Read(SampleBatch batch, int row, Span<float> spikeRates, Span<float> columnRates)
    {
        if (!_workspaces.TryTake(out ScoringWorkspace? workspace))
            workspace = new ScoringWorkspace(_columns, _interWeights, _encoder, _steps);
        batch.Show(row, workspace);
        workspace.Read(spikeRates, columnRates);
        _workspaces.Add(workspace);
    }

    /// <summary>The same, with the rates scaled as homeostasis has them.</summary>
    public void ReadScaled(SampleBatch batch, int row, Span<float> spikeRates, Span<float> columnRates)
    {
        Read(batch, row, spikeRates, columnRates);
        for (int n = 0; n < spikeRates.Length; n++) spikeRates[n] *= _rateScale[n / _columns.Lanes.Neurons];
    }
}
