namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Adds up what predictions of a network cost. Thread-safe.</summary>
internal sealed class CostCounter
{
    private readonly long _afterHidden;

    /// <param name="model">The network.</param>
    /// <param name="layers">A run of each of its layers.</param>
    public CostCounter(SpikingModel model, LayerRun[] layers)
    {
        int hidden = model.Network.Readout.HiddenUnits, first = model.Network.Read.Start.GetOffset(model.Layers.Length);
        _afterHidden = (long)model.Network.Readout.Readings * hidden * model.Classes;
        int afterNeurons = (hidden > 0 ? hidden : model.Classes) + (model.Network.Readout.Attends ? 1 : 0);
        Layers = [.. layers.Select((run, i) => new LayerCost(model, i, run, i < first ? 0 : afterNeurons))];
        Dense = _afterHidden + Layers.Sum(layer => layer.Dense);
    }

    /// <summary>The layers, from the input on.</summary>
    public LayerCost[] Layers { get; }

    /// <summary>Multiply-adds of an ordinary network.</summary>
    public long Dense { get; }

    /// <summary>A row's cost.</summary>
    /// <param name="events">Inputs of the first layer that were on.</param>
    /// <param name="spikes">Spikes of all layers.</param>
    /// <param name="operations">Synaptic operations of all layers.</param>
    public PredictionCost Of(long events, long spikes, long operations) => new(events, spikes, operations + _afterHidden, Dense);
}
