using System.Collections.Concurrent;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>
/// Reads from a network's layers what the readout gets: the spike rates of the neurons that it reads. Thread-safe; a row's rates depend on that row alone.
/// </summary>
internal sealed class NeuronRates
{
    private readonly ConcurrentBag<ScoringWorkspace> _workspaces = [];

    public NeuronRates(SpikingModel model)
    {
        Steps = model.Steps;
        Layers = ScoringLayer.Of(model);
        Encoder = new SampleEncoder(model.Network, model.Standardisation, model.InputScale.AsMemory());
        Count = model.Network.ReadNeurons;
        Columns = model.Network.AllColumns;
    }

    public ScoringLayer[] Layers { get; }

    public SampleEncoder Encoder { get; }

    public int Steps { get; }

    /// <summary>Neurons that the readout reads.</summary>
    public int Count { get; }

    /// <summary>Columns of all layers.</summary>
    public int Columns { get; }

    /// <summary>Shows the layers a row.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="spikeRates">Receives [neuron that is read]: signed spikes per step, each counted as much as the other columns make it count.</param>
    /// <param name="columnRates">Receives [column of any layer]: mean over a column's neurons of |spike rate|.</param>
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
        Scale(spikeRates);
    }

    /// <summary>Scales the rates as homeostasis has them, in place.</summary>
    /// <param name="spikeRates">[neuron that is read].</param>
    public void Scale(Span<float> spikeRates)
    {
        foreach (ScoringLayer layer in Layers)
        {
            if (!layer.IsRead) continue;
            int neurons = layer.Columns.Lanes.Neurons;
            for (int n = 0; n < layer.Neurons; n++) spikeRates[n] *= layer.RateScale[n / neurons];
            spikeRates = spikeRates[layer.Neurons..];
        }
    }

    private ScoringWorkspace Show(SampleBatch batch, int row)
    {
        if (!_workspaces.TryTake(out ScoringWorkspace? workspace))
            workspace = new ScoringWorkspace(Layers, Encoder, Steps);
        batch.Show(row, workspace);
        return workspace;
    }
}
