using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Tells those who watch how far a training is: the options' progress and ML.NET's log.</summary>
/// <param name="options">Whose progress is told.</param>
/// <param name="channel">Where the log's lines go.</param>
/// <param name="clock">The training's clock.</param>
/// <param name="epochs">Epochs in all.</param>
/// <param name="total">Batches in all.</param>
/// <param name="shared">Of the processes that share the training the first alone tells.</param>
internal sealed class TrainingReports(SpikingNetworkOptions options, IChannel channel, TrainingClock clock, int epochs, int total, SharedTraining shared)
{
    private IProgress<TrainingProgress>? Progress => shared.IsFirst ? options.Progress : null;

    /// <summary>Tells of a batch.</summary>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="done">Batches so far.</param>
    /// <param name="means">Of the epoch so far.</param>
    /// <param name="accuracy">On the validation rows, where it was measured.</param>
    /// <param name="learningRate">The readout's.</param>
    public void Batch(int epoch, int done, EpochMeans means, double? accuracy, double learningRate) => Progress?.Report(new BatchProgress
    {
        Epoch = epoch,
        Epochs = epochs,
        Batches = done,
        TotalBatches = total,
        Loss = means.Loss,
        Accuracy = means.Accuracy,
        ValidationAccuracy = accuracy,
        LearningRate = learningRate,
        RowsPerSecond = clock.RowsPerSecond(means.Rows),
        TrainingTime = clock.Total,
        TimeLeft = clock.TimeLeft(done, total),
    });

    /// <summary>Tells of an epoch's end.</summary>
    /// <param name="record">What it left in the history.</param>
    /// <param name="done">Batches so far.</param>
    /// <param name="rows">Rows that it trained on.</param>
    public void Epoch(EpochRecord record, int done, long rows)
    {
        var progress = new EpochProgress
        {
            Epoch = record.Epoch,
            Epochs = epochs,
            Batches = done,
            TotalBatches = total,
            Loss = record.Loss,
            Accuracy = record.Accuracy,
            ValidationAccuracy = record.ValidationAccuracy,
            SpikeRate = record.SpikeRate,
            ConnectionDensity = record.ConnectionDensity,
            Clustering = record.Clustering,
            PathLength = record.PathLength,
            Formed = record.Formed,
            Pruned = record.Pruned,
            StdpShare = record.StdpShare,
            DeadColumns = record.DeadColumns,
            SaturatedColumns = record.SaturatedColumns,
            LearningRate = record.LearningRate,
            RowsPerSecond = clock.RowsPerSecond(rows),
            TrainingTime = clock.Total,
            TimeLeft = clock.TimeLeft(done, total),
        };
        channel.Info(MessageSensitivity.None, progress.ToString());
        Progress?.Report(progress);
    }
}
