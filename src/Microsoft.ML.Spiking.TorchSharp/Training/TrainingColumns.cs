namespace Microsoft.ML.Spiking;

/// <summary>The columns that are trained on.</summary>
/// <param name="Features">The input column.</param>
/// <param name="Label">The label column.</param>
/// <param name="Input">What the input column holds.</param>
/// <param name="Classes">Classes that the label's type knows, whether or not they occur.</param>
/// <param name="Target">How the label column is read.</param>
/// <param name="Weight">The column with how much each row counts; null where all count alike.</param>
internal sealed record TrainingColumns(DataViewSchema.Column Features, DataViewSchema.Column Label, InputShape Input, int Classes, ClassLabel Target, DataViewSchema.Column? Weight);
