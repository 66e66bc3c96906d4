namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What a layer's neurons receive of each other's spikes of the step before.</summary>
/// <remarks>Event-driven: only what fired is added, in the order of the neurons. One thread at a time.</remarks>
/// <param name="weights">The weights between them.</param>
/// <param name="lanes">Where they are.</param>
internal sealed class RecurrentCurrents(RecurrentWeights weights, Lanes lanes)
{
    private readonly AlignedFloats _received = new(lanes.Panels * Lanes.Panel);
    private readonly int[] _rows = new int[weights.Synapses.MostRows];

    /// <summary>Before the first step nothing has fired.</summary>
    public void Clear() => _received.Span.Clear();

    /// <summary>Takes in what all neurons fired in a step.</summary>
    public void Take(ColumnActivity activity, int step)
    {
        for (int panel = 0; panel < lanes.Panels; panel++)
            CurrentKernel.OfFired(_rows.AsSpan(0, weights.Synapses.Fired(panel, activity, step, _rows)), weights[panel], Of(panel));
    }

    /// <summary>What a panel's neurons receive in the step that follows, [lane].</summary>
    public Span<float> Of(int panel) => _received.Span.Slice(panel * Lanes.Panel, Lanes.Panel);
}
