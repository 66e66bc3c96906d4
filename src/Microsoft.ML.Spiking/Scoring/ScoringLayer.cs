using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer as scoring runs it.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="InterWeights">The weights between them, as a dense layer.</param>
/// <param name="RateScale">What multiplies each column's rates before the readout, [column].</param>
/// <param name="IsRead">Whether the readout reads it.</param>
internal sealed record ScoringLayer(ColumnSimulation Columns, DenseKernel InterWeights, float[] RateScale, bool IsRead)
{
    /// <summary>Its neurons.</summary>
    public int Neurons => Columns.Lanes.Columns * Columns.Lanes.Neurons;

    /// <summary>The layers of a model, from the input on.</summary>
    public static ScoringLayer[] Of(SpikingModel model)
    {
        int first = model.Network.Read.Start.GetOffset(model.Layers.Length);
        return [.. model.Layers.Select((layer, i) => new ScoringLayer(
            new ColumnSimulation(layer.Layer, layer.InputWeights.AsSpan(), layer.Inputs, model.FieldsOf(i)),
            new DenseKernel(layer.Heard(), [], layer.Layer.Columns),
            layer.RateScale(),
            IsRead: i >= first))];
    }
}
