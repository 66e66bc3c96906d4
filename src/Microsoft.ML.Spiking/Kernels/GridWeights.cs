namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The columns' weights on their grids, as 16-bit integers in the order of <see cref="PanelWeights"/>: half the bytes to read.</summary>
/// <remarks>Sums of them are exact (<see cref="WeightGrid"/>), so that a current comes out as it does in float32, to the bit.</remarks>
internal sealed class GridWeights
{
    private readonly AlignedArray<short> _values;
    private readonly AlignedFloats _units;
    private readonly int _inputs;

    private GridWeights(Lanes lanes, int inputs)
    {
        _inputs = inputs;
        _values = new AlignedArray<short>(lanes.Panels * inputs * Lanes.Panel);
        _units = new AlignedFloats(lanes.Panels * Lanes.Panel);
    }

    /// <returns>Null where a neuron's weights lie on no grid.</returns>
    public static GridWeights? TryCreate(Lanes lanes, PanelWeights weights)
    {
        var onGrid = new GridWeights(lanes, weights.Inputs);
        bool held = Parallel.For(0, lanes.Panels, (panel, loop) =>
        {
            if (!onGrid.Set(panel, weights[panel])) loop.Stop();
        }).IsCompleted;
        return held ? onGrid : null;
    }

    /// <summary>The weights of a panel, [input, lane].</summary>
    public ReadOnlySpan<short> this[int panel] => _values.Span.Slice(panel * _inputs * Lanes.Panel, _inputs * Lanes.Panel);

    /// <summary>What 1 of each lane's integers is as a weight, a power of two, [lane].</summary>
    public ReadOnlySpan<float> Units(int panel) => _units.Span.Slice(panel * Lanes.Panel, Lanes.Panel);

    private bool Set(int panel, ReadOnlySpan<float> weights)
    {
        Span<short> values = _values.Span.Slice(panel * _inputs * Lanes.Panel, _inputs * Lanes.Panel);
        var ofNeuron = new float[_inputs];
        for (int lane = 0; lane < Lanes.Panel; lane++)
        {
            for (int input = 0, at = lane; input < _inputs; input++, at += Lanes.Panel) ofNeuron[input] = weights[at];
            if (WeightGrid.Find(ofNeuron) is not { } k) return false;
            float scale = MathF.ScaleB(1, k);
            for (int input = 0, at = lane; input < _inputs; input++, at += Lanes.Panel) values[at] = (short)(ofNeuron[input] * scale);
            _units.Span[panel * Lanes.Panel + lane] = MathF.ScaleB(1, -k);
        }
        return true;
    }
}
