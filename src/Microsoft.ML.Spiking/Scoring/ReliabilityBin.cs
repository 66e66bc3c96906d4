namespace Microsoft.ML.Spiking;

/// <summary>Predictions that are about as sure as each other.</summary>
/// <param name="From">The least probability of the predicted class.</param>
/// <param name="To">The greatest.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Confidence">Mean probability of the predicted class; 0 without rows.</param>
/// <param name="Accuracy">Fraction of them that is right; 0 without rows.</param>
public sealed record ReliabilityBin(double From, double To, int Rows, double Confidence, double Accuracy);
