namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The weights between a layer's neurons, as the kernels read them.</summary>
/// <param name="synapses">Which neurons hear which.</param>
internal sealed class RecurrentWeights(RecurrentSynapses synapses)
{
    /// <param name="synapses">Which neurons hear which.</param>
    /// <param name="pairs">[pair of columns, post, pre], the pairs row by row.</param>
    public RecurrentWeights(RecurrentSynapses synapses, ReadOnlySpan<float> pairs) : this(synapses) => synapses.ToPanels(pairs).CopyTo(Values.Span);

    /// <summary>Which neurons hear which.</summary>
    public RecurrentSynapses Synapses => synapses;

    /// <summary>All numbers, those of padding among them.</summary>
    public AlignedFloats Values { get; } = new(synapses.Length);

    /// <summary>The numbers of a panel, [row, lane].</summary>
    public Span<float> this[int panel] => synapses.Of(Values, panel);

    /// <summary>The weights of a trained layer; null where its neurons do not hear each other.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="graph">Which columns' neurons hear which columns'.</param>
    /// <param name="pairs">[pair of columns, post, pre], the pairs row by row.</param>
    public static RecurrentWeights? Of(ColumnLayer layer, Graph graph, ReadOnlySpan<float> pairs)
        => layer.Recurrence is null ? null : new RecurrentWeights(new RecurrentSynapses(new Lanes(layer), graph), pairs);
}
