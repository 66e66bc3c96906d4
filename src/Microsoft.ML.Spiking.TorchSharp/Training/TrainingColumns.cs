using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>The columns that are trained on.</summary>
/// <param name="Features">The input column.</param>
/// <param name="Label">The label column.</param>
/// <param name="Input">What the input column holds.</param>
/// <param name="Classes">Classes that the label's type knows, whether or not they occur.</param>
internal sealed record TrainingColumns(DataViewSchema.Column Features, DataViewSchema.Column Label, InputShape Input, int Classes)
{
    /// <summary>What the features are called, [feature]; empty where they have no names.</summary>
    public ImmutableArray<string> FeatureNames { get; } = SlotNames.Of(Features);
}
