namespace Microsoft.ML.Spiking.Tool;

/// <summary>A training as curves in TensorBoard, over the batches.</summary>
internal sealed class TensorBoardLog(string folder) : IDisposable
{
    private readonly EventFile _file = new(folder);

    public void Add(TrainingProgress progress)
    {
        Scalar("learning rate", progress.LearningRate);
        Scalar("loss/training", progress.Loss);
        Scalar("accuracy/training", progress.Accuracy);
        Scalar("rows per second", progress.RowsPerSecond);
        double? validation = progress switch
        {
            EpochProgress epoch => epoch.ValidationAccuracy,
            BatchProgress batch => batch.ValidationAccuracy,
            _ => null,
        };
        if (validation is { } accuracy) Scalar("accuracy/validation", accuracy);
        _file.Flush();
        if (progress is not EpochProgress end) return;
        Scalar("spike rate", end.SpikeRate);
        Scalar("connections/density", end.ConnectionDensity);
        Scalar("connections/clustering", end.Clustering);
        if (end.PathLength is { } length) Scalar("connections/path length", length);

        void Scalar(string name, double value) => _file.Add(name, (float)value, progress.Batches);
    }

    public void Dispose() => _file.Dispose();
}
