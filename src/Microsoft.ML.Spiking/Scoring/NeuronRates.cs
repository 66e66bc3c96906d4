using System.Collections.Concurrent;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>
/// Reads from a network's layers what the readout gets: the spike rates of the neurons that it reads. Thread-safe; a row's rates depend on that row alone.
/// </summary>
internal sealed class NeuronRates
{
    // From here on rows pay for reading the weights that they share.
    private const int FewRows = 16;

    private readonly ConcurrentBag<ScoringWorkspace> _workspaces = [];

    public NeuronRates(SpikingModel model)
    {
        Steps = model.Steps;
        Layers = ScoringLayer.Of(model);
        Costs = new(() => new CostCounter(model, [.. Layers.Select(layer => layer.Run(Steps, keep: false))]));
        Encoder = new SampleEncoder(model.Network, model.Standardisation, model.InputScale.AsMemory());
        Count = model.Network.ReadRates(model.Input);
        Columns = model.Network.AllColumns;
    }

    public ScoringLayer[] Layers { get; }

    public SampleEncoder Encoder { get; }

    /// <summary>Adds up what rows cost.</summary>
    public Lazy<CostCounter> Costs { get; }

    public int Steps { get; }

    /// <summary>Spike rates that the readout reads: one a neuron and window.</summary>
    public int Count { get; }

    /// <summary>Columns of all layers.</summary>
    public int Columns { get; }

    /// <summary>Shows the layers neighbouring rows.</summary>
    /// <param name="batch">All rows.</param>
    /// <param name="rows">Which of them, <see cref="ScoringWorkspace.Rows"/> at most.</param>
    /// <param name="spikeRates">Receives [row, rate that is read]: signed spikes per step, each counted as much as the other columns make it count.</param>
    /// <param name="columnRates">Receives [row, column of any layer]: mean over a column's neurons of |spike rate|.</param>
    /// <param name="active">Receives [row, column of any layer]: neurons that spiked at all; empty where nobody asks.</param>
    /// <param name="constant">Receives [row, column of any layer]: neurons that spiked in every step; empty where nobody asks.</param>
    /// <param name="costs">Receives [row]: what it costs; empty where nobody asks.</param>
    public void Read(SampleBatch batch, Range rows, Span<float> spikeRates, Span<float> columnRates, Span<int> active = default, Span<int> constant = default,
        Span<PredictionCost?> costs = default)
    {
        if (!_workspaces.TryTake(out ScoringWorkspace? workspace)) workspace = new ScoringWorkspace(Layers, Encoder, Steps);
        for (int row = rows.Start.Value; row < rows.End.Value; row++) batch.Show(row, workspace);
        workspace.Read(spikeRates, columnRates, active, constant, costs, costs.IsEmpty ? null : Costs.Value);
        _workspaces.Add(workspace);
    }

    /// <summary>Runs an action on all rows, so many as are read at once, on all threads.</summary>
    public static void InBlocks(int rows, Action<Range> action)
    {
        // Work for all threads, and as large as that allows.
        int threads = Environment.ProcessorCount, size = Math.Clamp((rows + threads - 1) / threads, FewRows, ScoringWorkspace.Rows);
        int blocks = (rows + size - 1) / size, next = -1;
        if (blocks == 1)
        {
            action(..rows);
            return;
        }
        // Each thread takes the next block when it is done with one: left to itself, Parallel.For hands out several, and the others wait for the last.
        Parallel.For(0, Math.Min(blocks, threads), _ =>
        {
            for (int b = Interlocked.Increment(ref next); b < blocks; b = Interlocked.Increment(ref next))
                action((b * size)..Math.Min((b + 1) * size, rows));
        });
    }

    /// <summary>Scales the rates as homeostasis has them, in place.</summary>
    /// <param name="spikeRates">[rate that is read].</param>
    public void Scale(Span<float> spikeRates)
    {
        foreach (ScoringLayer layer in Layers)
        {
            if (!layer.IsRead) continue;
            for (int window = 0; window < layer.Windows; window++)
            {
                layer.Scale(spikeRates[..layer.Shape.Neurons]);
                spikeRates = spikeRates[layer.Shape.Neurons..];
            }
        }
    }
}
