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

    /// <summary>Stops the clock, but not before the device has done what was asked of it: that is training, and not what follows.</summary>
    public void StopClock()
    {
        Training.Wait();
        Clock.Stop();
    }

    /// <summary>Batches done.</summary>
    public int Batches => Training.Batches;
}
