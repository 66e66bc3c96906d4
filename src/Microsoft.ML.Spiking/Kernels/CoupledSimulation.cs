using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// All columns on a sample where their neurons hear each other, by <see cref="ColumnLayer.Coupling"/> or <see cref="ColumnLayer.Recurrence"/>: every column
/// takes a step before any takes the next.
/// </summary>
/// <remarks>
/// <code>
/// heard[t, post]  = coupling · Σ over pre of W[post, pre] · rate[t - 1, pre]
/// current[t, n]   = Σ over inputs of w[n, input] · input[t] + Σ over neurons m of r[n, m] · spike[t - 1, m] + heard[t, column of n]
/// </code>
/// Buffers that are used again for the next sample; one thread at a time.
/// </remarks>
/// <param name="columns">The columns.</param>
/// <param name="steps">Time steps.</param>
/// <param name="recurrence">The weights between the neurons, r; null where there are none.</param>
internal sealed class CoupledSimulation(ColumnSimulation columns, int steps, RecurrentWeights? recurrence = null)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly AlignedFloats _currents = new(columns.Lanes.Panels * steps * Lanes.Panel), _current = new(Lanes.Panel);
    private readonly AlignedFloats _states = new(columns.Lanes.Panels * Lanes.Panel * columns.Kernels.StateSize);
    private readonly RecurrentCurrents? _received = recurrence is null ? null : new RecurrentCurrents(recurrence, columns.Lanes);
    private readonly float[] _heard = new float[columns.Lanes.Columns];

    /// <summary>Shows all neurons a sample.</summary>
    /// <param name="stimulus">The sample.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="activity">Receives the neurons' spikes and the columns' rates.</param>
    /// <param name="kept">Receives what the gradient goes back over, [panel, step, kept, lane]; empty to forget it.</param>
    public void Show(Stimulus stimulus, DenseKernel interWeights, ColumnActivity activity, Span<float> kept = default)
    {
        // Input currents panel by panel, while the panel's weights are in the cache.
        int length = (stimulus.IsConstant ? 1 : steps) * Lanes.Panel;
        for (int panel = 0; panel < _lanes.Panels; panel++) columns.Currents(stimulus, panel, Currents(panel)[..length]);
        Run(stimulus.IsConstant, interWeights, activity, kept);
    }

    /// <summary>Room for what a panel's neurons receive of the inputs, [step, lane].</summary>
    public Span<float> Currents(int panel) => _currents.Span.Slice(panel * steps * Lanes.Panel, steps * Lanes.Panel);

    /// <summary>Runs all neurons on the <see cref="Currents"/>.</summary>
    /// <param name="constant">Whether those of the first step are those of all.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="activity">Receives the neurons' spikes and the columns' rates.</param>
    /// <param name="kept">Receives what the gradient goes back over, [panel, step, kept, lane]; empty to forget it.</param>
    public void Run(bool constant, DenseKernel interWeights, ColumnActivity activity, Span<float> kept)
    {
        _states.Span.Clear();
        _received?.Clear();
        int size = Lanes.Panel * columns.Kernels.Kept, stateSize = Lanes.Panel * columns.Kernels.StateSize;
        Array.Clear(_heard);
        for (int step = 0; step < steps; step++)
        {
            for (int panel = 0; panel < _lanes.Panels; panel++)
            {
                ReadOnlySpan<float> current = Currents(panel).Slice(constant ? 0 : step * Lanes.Panel, Lanes.Panel);
                if (_received is not null)
                {
                    TensorPrimitives.Add(current, _received.Of(panel), _current.Span);
                    current = _current.Span;
                }
                activity.Panel(panel)[step] = columns.Kernels.Step(current, _heard, panel, _states.Span.Slice(panel * stateSize, stateSize),
                    kept.IsEmpty ? default : kept.Slice((panel * steps + step) * size, size));
            }
            _received?.Take(activity, step);
            if (columns.Coupling == 0) continue;
            interWeights.Run(activity.Rate(step), _heard, rows: 1);
            TensorPrimitives.Multiply(_heard, columns.Coupling, _heard);
        }
        for (int panel = 0; panel < _lanes.Panels; panel++) activity.End(panel);
    }
}
