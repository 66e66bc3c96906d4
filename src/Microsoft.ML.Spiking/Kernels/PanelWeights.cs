namespace Microsoft.ML.Spiking;

/// <summary>The columns' weights as the kernels read them: [panel, input, lane], so that an input's spike adds 64 neighbouring numbers.</summary>
internal sealed class PanelWeights
{
    private readonly AlignedFloats _values;
    private readonly int _inputs;

    public PanelWeights(Lanes lanes, ReadOnlySpan<float> columnWeights, int inputs)
    {
        _inputs = inputs;
        _values = new AlignedFloats(lanes.Panels * inputs * Lanes.Panel);
        Span<float> values = _values.Span;
        for (int neuron = 0; neuron < lanes.Columns * lanes.Neurons; neuron++)
        {
            int lane = lanes.Of(neuron);
            int target = lane / Lanes.Panel * inputs * Lanes.Panel + lane % Lanes.Panel;
            foreach (float weight in columnWeights.Slice(neuron * inputs, inputs))
            {
                values[target] = weight;
                target += Lanes.Panel;
            }
        }
    }

    /// <summary>The weights of a panel, [input, lane].</summary>
    public ReadOnlySpan<float> this[int panel] => _values.Span.Slice(panel * _inputs * Lanes.Panel, _inputs * Lanes.Panel);
}
