using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Puts a feature's mean in the place of a missing number; the model keeps the means, and fills what it is asked about likewise.</summary>
internal static class MissingValues
{
    /// <exception cref="Failure">The features are no numbers.</exception>
    public static ITransformer Fill(MLContext ml, Samples samples)
        => samples.View.Schema[Samples.Features].Type is ML.Data.VectorDataViewType { ItemType: var item } && item == NumberDataViewType.Single
            ? ml.Transforms.ReplaceMissingValues(Samples.Features, replacementMode: ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean)
                .Fit(samples.View)
            : throw Failure.Usage($"{TrainOptions.FillMissingName} fills in numbers, but the features are {samples.View.Schema[Samples.Features].Type}.",
                "leave it out.");
}
