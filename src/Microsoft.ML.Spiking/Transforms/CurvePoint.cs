namespace Microsoft.ML.Spiking.Transforms;

/// <summary>A model that is shown each row for fewer time steps: what it answers rightly, and what that costs.</summary>
/// <param name="TimeSteps">Steps. Its homeostasis reads the rates that its columns then have, on the first 1,000 rows, whose labels it does not see.</param>
/// <param name="MicroAccuracy">Fraction of the rows that were classified rightly.</param>
/// <param name="Spikes">Spikes of all neurons, the mean over the rows.</param>
/// <param name="SynapticOperations">Weights that were added, likewise.</param>
internal sealed record CurvePoint(int TimeSteps, double MicroAccuracy, double Spikes, double SynapticOperations);
