using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer as scoring runs it.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="InterWeights">The weights between them, as a dense layer.</param>
/// <param name="RateScale">What multiplies each column's rates before the readout, [column].</param>
/// <param name="IsRead">Whether the readout reads it.</param>
/// <param name="Rasters">What its neurons fire where their input is the same in every step; null where they must be stepped.</param>
internal sealed record ScoringLayer(ColumnSimulation Columns, DenseKernel InterWeights, float[] RateScale, bool IsRead, Lazy<LayerRasters?> Rasters)
{
    /// <summary>Its neurons.</summary>
    public int Neurons => Columns.Lanes.Columns * Columns.Lanes.Neurons;

    /// <summary>The layers of a model, from the input on.</summary>
    public static ScoringLayer[] Of(SpikingModel model)
    {
        int first = model.Network.Read.Start.GetOffset(model.Layers.Length);
        return [.. model.Layers.Select((layer, i) =>
        {
            var columns = new ColumnSimulation(layer.Layer, layer.InputWeights.AsSpan(), layer.Inputs, model.FieldsOf(i));
            return new ScoringLayer(
                columns,
                new DenseKernel(layer.Heard(), [], layer.Layer.Columns),
                layer.RateScale(),
                IsRead: i >= first,
                new Lazy<LayerRasters?>(() => LayerRasters.Of(layer.Layer, columns.Lanes, model.Steps)));
        })];
    }
}
