namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>How probable a class is.</summary>
/// <param name="Label">The class, by the name that it had in training.</param>
/// <param name="Score">Its probability; all of them sum to 1.</param>
internal sealed record ClassScore(string Label, float Score);
