using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Storage;

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

    /// <summary>The first array that holds a number that is not finite any more, by its name in a checkpoint; null where all are sound.</summary>
    /// <param name="layers">Layers of the network.</param>
    public string? NotFinite(int layers)
        => Enumerable.Range(0, layers).Where(layer => !Training.HasFiniteInputWeights(layer))
            .Select(layer => SpikingModelArrays.Name(layer, SpikingModelArrays.InputWeights))
            .FirstOrDefault() ?? Training.State.FirstOrDefault(array => !array.IsFinite())?.Name;

    /// <summary>Batches done.</summary>
    public int Batches => Training.Batches;
}
