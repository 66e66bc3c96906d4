using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Back through time on a sample where neurons hear each other: the reverse of <see cref="CoupledSimulation"/>.</summary>
/// <remarks>
/// What a column and a neuron hear in a step are currents in the next one:
/// <code>
/// ∂influence[t, post] = modulation · ∂gain[t, post] + coupling · Σ over neurons of post of ∂current[t + 1, n]
/// ∂rate[t, pre]       = Σ over post of W[post, pre] · ∂influence[t, post]
/// ∂spike[t, m]       += Σ over neurons n of r[n, m] · ∂current[t + 1, n]
/// </code>
/// Buffers that are used again for the next sample; one thread at a time.
/// </remarks>
/// <param name="gradient">Back through a neuron's step.</param>
/// <param name="columns">The columns.</param>
/// <param name="reversed">The weights between the neurons, r, the other way round; null where there are none.</param>
internal sealed class CoupledGradient(NeuronGradient gradient, ColumnSimulation columns, RecurrentWeights? reversed = null)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly AlignedFloats _accumulated = PerLane(columns, 1), _fading = PerLane(columns, 1), _counted = PerLane(columns, 1);
    private readonly AlignedFloats _carried = PerLane(columns, gradient.CarriedSize);
    private readonly AlignedFloats _next = PerLane(columns, reversed is null ? 0 : 1), _above = PerLane(columns, reversed is null ? 0 : 1);
    private readonly int[] _rows = [.. Enumerable.Range(0, reversed?.Synapses.MostRows ?? 0)];
    private readonly float[] _ofRows = new float[reversed?.Synapses.MostRows ?? 0];
    private readonly float[] _heard = new float[columns.Lanes.Columns], _rates = new float[columns.Lanes.Columns];

    /// <param name="activity">What the columns did.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [window, column, neuron].</param>
    /// <param name="counted">∂loss/∂counted where the readout forgets, [column, neuron]; else empty.</param>
    /// <param name="influences">modulation · ∂loss/∂gain, [step, column]; becomes ∂loss/∂influence.</param>
    /// <param name="heardBy">From ∂loss/∂influence to ∂loss/∂rate / neurons, as a layer.</param>
    /// <param name="above">∂loss/∂spike by a next layer, [step, lane]; empty where there is none.</param>
    /// <param name="kept">What was kept, [panel, step, kept, lane]; the last of each panel's numbers become <see cref="Currents"/>.</param>
    public void Run(ColumnActivity activity, ReadOnlySpan<float> accumulated, ReadOnlySpan<float> counted, Span<float> influences, DenseKernel heardBy,
        ReadOnlySpan<float> above, Span<float> kept)
    {
        _carried.Span.Clear();
        _next.Span.Clear();
        int all = _lanes.Panels * Lanes.Panel, size = Lanes.Panel * columns.Kernels.Kept, panelSize = size * activity.Steps;
        Array.Clear(_heard);
        for (int panel = 0; panel < _lanes.Panels; panel++)
            Currents(kept.Slice(panel * panelSize, panelSize), activity.Steps)[(activity.Length * Lanes.Panel)..].Clear();
        Fading? fading = activity.Fading;
        if (fading is not null) Spread(counted, _counted);
        int window = activity.Windows, start = 0, end = 0;
        for (int step = activity.Length - 1; step >= 0; step--)
        {
            if (window == activity.Windows || step < activity.Window(window).Start)
            {
                do window--;
                while (step < activity.Window(window).Start);
                (start, end) = activity.Window(window);
                Spread(accumulated[(window * _lanes.Columns * _lanes.Neurons)..], fading is null ? _accumulated : _fading);
            }
            if (fading is not null)
            {
                // What the spikes of this step count.
                Elementwise.Multiply(_fading.Span, fading.Weights(end - start)[step - start], _accumulated.Span);
                Elementwise.Add(_counted.Span, _accumulated.Span);
            }
            Span<float> influence = influences.Slice(step * _lanes.Columns, _lanes.Columns);
            TensorPrimitives.MultiplyAdd(_heard, columns.Coupling, influence, influence);
            heardBy.Run(influence, _rates, rows: 1);
            Array.Clear(_heard);
            ReadOnlySpan<float> ofStep = above.IsEmpty ? default : above.Slice(step * all, all);
            if (reversed is not null) ofStep = AddHeard(reversed, ofStep);
            var parts = new StepGradient(_accumulated.Span, ofStep, activity.Gains.AsSpan(step * _lanes.Columns, _lanes.Columns), _rates, _carried.Span,
                _heard);
            for (int panel = 0; panel < _lanes.Panels; panel++)
            {
                Span<float> ofPanel = kept.Slice(panel * panelSize, panelSize);
                Span<float> currents = Currents(ofPanel, activity.Steps).Slice(step * Lanes.Panel, Lanes.Panel);
                gradient.Step(panel, parts, ofPanel.Slice(step * size, size), currents);
                if (reversed is not null) currents.CopyTo(_next.Span[(panel * Lanes.Panel)..]);
            }
        }
    }

    /// <summary>Leaves the gradients by the constants of a panel's neurons, which learn, after <see cref="Run"/>.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="constants">Receives them, [constant, lane].</param>
    public void LeaveConstants(int panel, Span<float> constants) => gradient.Leave(panel, _carried.Span, constants);

    /// <summary>Where of what was kept of a panel its ∂loss/∂current comes to lie, [step, lane].</summary>
    /// <remarks>At the end: a step's currents then lie on what was kept of that step or of later ones, which the way back has passed.</remarks>
    public static Span<float> Currents(Span<float> kept, int steps) => kept[^(steps * Lanes.Panel)..];

    /// <summary>∂loss/∂spike of a step by the neurons that hear it in the next, and by a layer above where there is one, [lane].</summary>
    private ReadOnlySpan<float> AddHeard(RecurrentWeights reversed, ReadOnlySpan<float> above)
    {
        for (int panel = 0; panel < _lanes.Panels; panel++)
        {
            int rows = 0;
            foreach (int column in reversed.Synapses.Heard(panel))
            {
                _next.Span.Slice(column * _lanes.WordsPerColumn * Lanes.Word, _lanes.Neurons).CopyTo(_ofRows.AsSpan(rows));
                rows += _lanes.Neurons;
            }
            CurrentKernel.OfConstant(_rows.AsSpan(0, rows), _ofRows.AsSpan(0, rows), reversed[panel], _above.Span.Slice(panel * Lanes.Panel, Lanes.Panel));
        }
        if (!above.IsEmpty) TensorPrimitives.Add(_above.Span, above, _above.Span);
        return _above.Span;
    }

    private void Spread(ReadOnlySpan<float> neurons, AlignedFloats lanes)
    {
        for (int word = 0; word < _lanes.Words; word++)
        {
            var (first, count) = _lanes.NeuronsOf(word);
            neurons.Slice(first, count).CopyTo(lanes.Span[(word * Lanes.Word)..]);
        }
    }

    private static AlignedFloats PerLane(ColumnSimulation columns, int numbers) => new(columns.Lanes.Panels * Lanes.Panel * numbers);
}
