namespace Microsoft.ML.Spiking;

/// <summary>What a model needs besides options and arrays.</summary>
/// <param name="InputDimensions">Dimensions of the input column.</param>
/// <param name="SpikeTrains">Whether it holds spike trains.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Scales">Scales that features are standardised by: 1, or as many as inputs have one of their own.</param>
/// <param name="TargetRate">The rate that homeostasis aims at.</param>
/// <param name="FeatureNames">What the features are called; null where they have no names, or an older version wrote the model.</param>
/// <param name="Temperature">What divides the logits.</param>
internal sealed record ModelOutline(int[] InputDimensions, bool SpikeTrains, int Classes, int Scales, float TargetRate, string[]? FeatureNames = null, float Temperature = 1);
