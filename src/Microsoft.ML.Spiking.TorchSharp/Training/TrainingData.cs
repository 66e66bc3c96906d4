namespace Microsoft.ML.Spiking;

/// <summary>What a run trains on and what it measures accuracy on; the latter null for nothing.</summary>
internal sealed record TrainingData(TrainingSamples Training, TrainingSamples? Validation);
