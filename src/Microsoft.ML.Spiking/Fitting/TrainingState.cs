using Microsoft.ML.Spiking.Engines;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>All that changes in a training, and so all that a checkpoint holds.</summary>
/// <param name="Training">The network, and its steps.</param>
/// <param name="Metrics">The epoch so far.</param>
internal sealed record TrainingState(NetworkTraining Training, EpochMetrics Metrics)
{
    public TrainingClock Clock { get; } = new();

    /// <summary>One entry an epoch that has ended.</summary>
    public List<EpochRecord> History { get; } = [];

    /// <summary>The best model at an epoch's end; null where nothing chooses one.</summary>
    public ModelCandidate? Best { get; set; }

    /// <summary>Batches done.</summary>
    public int Batches => Training.Batches;
}
