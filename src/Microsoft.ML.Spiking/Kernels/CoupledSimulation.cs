using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// All columns on a sample where they drive each other, <see cref="ColumnLayer.Coupling"/>: every column takes a step before any takes the next.
/// </summary>
/// <remarks>
/// <code>
/// heard[t, post]  = coupling · Σ over pre of W[post, pre] · rate[t - 1, pre]
/// current[t, n]   = Σ over inputs of w[n, input] · input[t] + heard[t, column of n]
/// </code>
/// Buffers that are used again for the next sample; one thread at a time.
/// </remarks>
internal sealed class CoupledSimulation(ColumnSimulation columns, int steps)
{
    private readonly Lanes _lanes = columns.Lanes;
    private readonly AlignedFloats _currents = new(columns.Lanes.Panels * steps * Lanes.Panel);
    private readonly AlignedFloats _states = new(columns.Lanes.Panels * Lanes.Panel * columns.Kernels.StateSize);
    private readonly float[] _heard = new float[columns.Lanes.Columns];

    /// <summary>Shows all neurons a sample.</summary>
    /// <param name="stimulus">The sample.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="activity">Receives the neurons' spikes and the columns' rates.</param>
    /// <param name="kept">Receives what the gradient goes back over, [panel, step, kept, lane]; empty to forget it.</param>
    public void Show(Stimulus stimulus, DenseKernel interWeights, ColumnActivity activity, Span<float> kept = default)
    {
        // Input currents panel by panel, while the panel's weights are in the cache.
        for (int panel = 0; panel < _lanes.Panels; panel++)
        {
            columns.Currents(stimulus, panel, _currents.Span.Slice(panel * steps * Lanes.Panel, (stimulus.IsConstant ? 1 : steps) * Lanes.Panel));
        }

        _states.Span.Clear();
        int size = Lanes.Panel * columns.Kernels.Kept, stateSize = Lanes.Panel * columns.Kernels.StateSize;
        Array.Clear(_heard);
        for (int step = 0; step < steps; step++)
        {
            for (int panel = 0; panel < _lanes.Panels; panel++)
            {
                activity.Panel(panel)[step] = columns.Kernels.Step(
                    Currents(panel, stimulus.IsConstant ? 0 : step), _heard, panel, _states.Span.Slice(panel * stateSize, stateSize),
                    kept.IsEmpty ? default : kept.Slice((panel * steps + step) * size, size));
            }
            interWeights.Run(activity.Rate(step), _heard, rows: 1);
            TensorPrimitives.Multiply(_heard, columns.Coupling, _heard);
        }
        for (int panel = 0; panel < _lanes.Panels; panel++) activity.End(panel);
    }

    private Span<float> Currents(int panel, int step) => _currents.Span.Slice((panel * steps + step) * Lanes.Panel, Lanes.Panel);
}
