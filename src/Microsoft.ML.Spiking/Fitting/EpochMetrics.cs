using Microsoft.ML.Spiking.Engines;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Means over an epoch. The engine keeps the sums, so that a step never waits for them to be read.</summary>
internal sealed class EpochMetrics(NetworkTraining training, int columns)
{
    /// <summary>Sums of an epoch besides those of the columns.</summary>
    public const int Means = 3;

    private long _rows, _batches;
    private double _weight;

    /// <summary>The readout's learning rate of the last batch.</summary>
    public double LearningRate { get; set; }

    public void Reset()
    {
        training.Sums = new double[Means + columns];
        (_rows, _batches, _weight) = (0, 0, 0);
    }

    /// <summary>Counts a batch that has been learnt.</summary>
    public void Add(TrainingBatch batch)
    {
        _rows += batch.Rows.Length;
        _weight += training.Weight(batch);
        _batches++;
    }

    public EpochMeans Read()
    {
        double[] sums = training.Sums;
        // Rows that weigh nothing leave nothing to be right about.
        double accuracy = _weight > 0 ? sums[1] / _weight : 0;
        return new EpochMeans(sums[0] / _batches, accuracy, sums[2] / _batches, _rows, [.. sums[Means..].Select(sum => sum / _batches)]);
    }

    /// <summary>The sums so far, for a checkpoint. Waits for the device.</summary>
    public EpochSums Save() => new([.. training.Sums], _rows, _batches, LearningRate) { Weight = _weight };

    /// <summary>Goes on from sums that were saved.</summary>
    public void Resume(EpochSums saved)
    {
        training.Sums = [.. saved.Sums];
        (_rows, _batches, _weight, LearningRate) = (saved.Rows, saved.Batches, saved.Weight ?? saved.Rows, saved.LearningRate);
    }
}
