namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Accuracy on the test images at one moment of a training.</summary>
/// <param name="Seed">Seed of the training.</param>
/// <param name="Batches">Batches so far.</param>
/// <param name="TrainingTime">The training clock: from the first batch, without evaluation.</param>
/// <param name="Accuracy">Fraction of the test images classified rightly.</param>
internal readonly record struct CurvePoint(int Seed, int Batches, TimeSpan TrainingTime, double Accuracy);
