using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>What a model needs besides its network and arrays.</summary>
/// <param name="Columns">What its columns of the data are called.</param>
/// <param name="InputDimensions">Dimensions of the input column.</param>
/// <param name="SpikeTrains">Whether it holds spike trains.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Scales">Scales that features are standardised by: 1, or as many as inputs have one of their own.</param>
/// <param name="TargetRates">The rates that homeostasis aims at, [layer].</param>
/// <param name="FeatureNames">What the features are called; null where they have no names.</param>
/// <param name="Temperature">What divides the logits.</param>
/// <param name="BinWidth">How long a time step of the spike trains is; null where nothing says it.</param>
internal sealed record ModelOutline(
    ColumnNames Columns, int[] InputDimensions, bool SpikeTrains, int Classes, int Scales, float[] TargetRates, string[]? FeatureNames = null,
    float Temperature = 1, TimeSpan? BinWidth = null)
{
    public static ModelOutline Of(SpikingModel model) => new(
        model.Names, [.. model.Input.Dimensions], model.Input.IsSpikeTrain, model.Classes, model.Standardisation.Offset.Length,
        [.. model.Layers.Select(layer => layer.TargetRate)], model.FeatureNames is [] ? null : [.. model.FeatureNames], model.Temperature,
        model.BinWidth);
}
