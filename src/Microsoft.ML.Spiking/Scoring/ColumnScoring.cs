using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer of columns as scoring runs it.</summary>
/// <param name="columns">Its columns.</param>
/// <param name="interWeights">The weights between them, as a dense layer.</param>
/// <param name="rateScale">What multiplies each column's rates before the readout, [column].</param>
/// <param name="shape">What it is.</param>
/// <param name="isRead">Whether the readout reads it.</param>
/// <param name="steps">Time steps.</param>
internal sealed class ColumnScoring(ColumnSimulation columns, DenseKernel interWeights, float[] rateScale, LayerShape shape, bool isRead, int steps)
    : ScoringLayer(shape, isRead)
{
    private readonly Lazy<LayerRasters?> _rasters = new(() => LayerRasters.Of(columns.Layer, columns.Lanes, steps));

    /// <summary>Its columns.</summary>
    public ColumnSimulation Columns => columns;

    /// <summary>The weights between them, as a dense layer.</summary>
    public DenseKernel InterWeights => interWeights;

    /// <summary>The weights between its neurons; null where there are none.</summary>
    public RecurrentWeights? Recurrence { get; init; }

    /// <summary>What its neurons fire where their input is the same in every step; null where they must be stepped.</summary>
    public LayerRasters? Rasters => _rasters.Value;

    public override LayerRun Run(int steps, bool keep) => new ColumnRun(this, steps, keep);

    public override LayerSteps Session(int inputs, int steps) => new ColumnSteps(this, inputs, steps);

    /// <summary>From the sums of its neurons' spikes to their rates.</summary>
    /// <param name="sums">[window, column, neuron]; become the rates.</param>
    /// <param name="activity">Of which they are.</param>
    /// <param name="columnRates">Receives the mean size of each column's over all steps, [column].</param>
    /// <param name="counted">Where the readout forgets, the sums over all steps without that, [column, neuron]; else empty.</param>
    public void Average(Span<float> sums, ColumnActivity activity, Span<float> columnRates, ReadOnlySpan<float> counted = default)
    {
        int neurons = columns.Lanes.Neurons, all = Shape.Neurons, steps = Math.Max(1, activity.Length);
        for (int column = 0; column < columnRates.Length; column++)
        {
            float size = 0;
            for (int neuron = column * neurons; neuron < (column + 1) * neurons; neuron++)
            {
                float sum = counted.IsEmpty ? sums[neuron] : counted[neuron];
                for (int window = 1; counted.IsEmpty && window < activity.Windows; window++) sum += sums[window * all + neuron];
                size += MathF.Abs(sum / steps);
            }
            columnRates[column] = size / neurons;
        }
        for (int window = 0; window < activity.Windows; window++)
        {
            float ofWindow = activity.StepsOf(window);
            foreach (ref float rate in sums.Slice(window * all, all)) rate /= ofWindow;
        }
    }

    public override void Scale(Span<float> rates)
    {
        int neurons = columns.Lanes.Neurons;
        foreach (float scale in rateScale)
        {
            TensorPrimitives.Multiply(rates[..neurons], scale, rates[..neurons]);
            rates = rates[neurons..];
        }
    }
}
