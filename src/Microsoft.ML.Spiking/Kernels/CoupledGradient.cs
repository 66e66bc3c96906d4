using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Back through time on a sample where the columns drive each other: the reverse of <see cref="CoupledSimulation"/>.</summary>
/// <remarks>
/// What a column hears in a step are currents of its neurons in the next one:
/// <code>
/// ∂influence[t, post] = modulation · ∂gain[t, post] + coupling · Σ over neurons of post of ∂current[t + 1, n]
/// ∂rate[t, pre]       = Σ over post of W[post, pre] · ∂influence[t, post]
/// </code>
/// Buffers that are used again for the next sample; one thread at a time.
/// </remarks>
internal sealed class CoupledGradient(NeuronGradient gradient, ColumnSimulation columns)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly AlignedFloats _accumulated = PerLane(columns, 1), _fading = PerLane(columns, 1), _counted = PerLane(columns, 1);
    private readonly AlignedFloats _carried = PerLane(columns, gradient.CarriedSize);
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
            var parts = new StepGradient(_accumulated.Span, ofStep, activity.Gains.AsSpan(step * _lanes.Columns, _lanes.Columns), _rates, _carried.Span,
                _heard);
            for (int panel = 0; panel < _lanes.Panels; panel++)
            {
                Span<float> ofPanel = kept.Slice(panel * panelSize, panelSize);
                gradient.Step(panel, parts, ofPanel.Slice(step * size, size), Currents(ofPanel, activity.Steps).Slice(step * Lanes.Panel, Lanes.Panel));
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
