namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// One number for each input and neuron, as the kernels read weights: [panel, input, lane], so that an input's spike adds 64 neighbouring numbers.
/// </summary>
internal sealed class PanelWeights
{
    private readonly Lanes _lanes;

    /// <summary>Zeros.</summary>
    public PanelWeights(Lanes lanes, int inputs)
    {
        (_lanes, Inputs) = (lanes, inputs);
        Values = new AlignedFloats(lanes.Panels * inputs * Lanes.Panel);
    }

    /// <summary>The columns' weights, [column, neuron, input].</summary>
    public unsafe PanelWeights(Lanes lanes, ReadOnlySpan<float> columnWeights, int inputs) : this(lanes, inputs)
    {
        if (lanes.Neurons % Lanes.Word == 0)   // lanes are neurons, and only the last panel has any beyond
        {
            fixed (float* source = columnWeights) Packing.Panels(source, inputs, 1, lanes.Columns * lanes.Neurons, Lanes.Panel, inputs, Values.First);
            return;
        }
        Span<float> values = Values.Span;
        for (int neuron = 0; neuron < lanes.Columns * lanes.Neurons; neuron++)
        {
            int target = First(neuron);
            foreach (float weight in columnWeights.Slice(neuron * inputs, inputs))
            {
                values[target] = weight;
                target += Lanes.Panel;
            }
        }
    }

    public int Inputs { get; }

    /// <summary>All numbers, those of padding lanes too.</summary>
    public AlignedFloats Values { get; }

    /// <summary>The numbers of a panel, [input, lane].</summary>
    public Span<float> this[int panel] => Values.Span.Slice(panel * Inputs * Lanes.Panel, Inputs * Lanes.Panel);

    /// <summary>[column, neuron, input].</summary>
    public float[] ToColumnWeights()
    {
        Span<float> values = Values.Span;
        var weights = new float[_lanes.Columns * _lanes.Neurons * Inputs];
        for (int neuron = 0; neuron < _lanes.Columns * _lanes.Neurons; neuron++)
            for (int input = 0, source = First(neuron); input < Inputs; input++, source += Lanes.Panel)
                weights[neuron * Inputs + input] = values[source];
        return weights;
    }

    private int First(int neuron)
    {
        int lane = _lanes.Of(neuron);
        return lane / Lanes.Panel * Inputs * Lanes.Panel + lane % Lanes.Panel;
    }
}
