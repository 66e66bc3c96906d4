using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking;

/// <summary>Back through time on a sample where the columns drive each other: the reverse of <see cref="CoupledSimulation"/>.</summary>
/// <remarks>
/// What a column hears in a step are currents of its neurons in the next one:
/// <code>
/// ∂influence[t, post] = modulation · ∂gain[t, post] + coupling · Σ over neurons of post of ∂current[t + 1, n]
/// ∂rate[t, pre]       = Σ over post of W[post, pre] · ∂influence[t, post]
/// </code>
/// Buffers that are used again for the next sample; one thread at a time.
/// </remarks>
internal sealed class CoupledGradient(Surrogate surrogate, ColumnSimulation columns)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly AlignedFloats _accumulated = PerLane(columns), _membranes = PerLane(columns), _synapses = PerLane(columns);
    private readonly float[] _heard = new float[columns.Lanes.Columns], _rates = new float[columns.Lanes.Columns];

    /// <param name="activity">What the columns did.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [column, neuron].</param>
    /// <param name="influences">modulation · ∂loss/∂gain, [step, column]; becomes ∂loss/∂influence.</param>
    /// <param name="heardBy">From ∂loss/∂influence to ∂loss/∂rate / neurons, as a layer.</param>
    /// <param name="membranes">Membranes before the reset, [panel, step, lane]; become ∂loss/∂current.</param>
    public void Run(ColumnActivity activity, ReadOnlySpan<float> accumulated, Span<float> influences, DenseKernel heardBy, Span<float> membranes)
    {
        for (int word = 0; word < _lanes.Words; word++)
        {
            var (first, count) = _lanes.NeuronsOf(word);
            accumulated.Slice(first, count).CopyTo(_accumulated.Span[(word * Lanes.Word)..]);
        }
        _membranes.Span.Clear();
        _synapses.Span.Clear();
        Array.Clear(_heard);
        for (int step = activity.Steps - 1; step >= 0; step--)
        {
            Span<float> influence = influences.Slice(step * _lanes.Columns, _lanes.Columns);
            TensorPrimitives.MultiplyAdd(_heard, columns.Coupling, influence, influence);
            heardBy.Run(influence, _rates, rows: 1);
            Array.Clear(_heard);
            var gradient = new StepGradient(_accumulated.Span, activity.Gains.AsSpan(step * _lanes.Columns, _lanes.Columns), _rates, _membranes.Span, _synapses.Span, _heard);
            for (int panel = 0; panel < _lanes.Panels; panel++)
                LifGradientStepKernel.Run(surrogate, _lanes, panel, gradient, membranes.Slice((panel * activity.Steps + step) * Lanes.Panel, Lanes.Panel));
        }
    }

    private static AlignedFloats PerLane(ColumnSimulation columns) => new(columns.Lanes.Panels * Lanes.Panel);
}
