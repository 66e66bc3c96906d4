namespace Microsoft.ML.Spiking.Tool;

/// <summary>A training as curves in TensorBoard, over the batches. A file that can be written no more is no reason to lose the training.</summary>
/// <param name="folder">Where the curves go.</param>
/// <param name="warn">Told, once, that they end early.</param>
internal sealed class TensorBoardLog(string folder, Action<string> warn) : IDisposable
{
    private readonly EventFile _file = new(folder);
    private bool _ended;

    public void Add(TrainingProgress progress)
    {
        if (_ended) return;
        try
        {
            Write(progress);
        }
        catch (Exception error) when (WrittenFile.IsOfDisk(error))
        {
            _ended = true;
            warn($"TensorBoard's curves in '{folder}' end here, and training goes on: {error.Message}");
        }
    }

    private void Write(TrainingProgress progress)
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
        if (progress is not EpochProgress end) return;
        Scalar("spike rate", end.SpikeRate);
        Scalar("connections/density", end.ConnectionDensity);
        Scalar("connections/clustering", end.Clustering);
        if (end.PathLength is { } length) Scalar("connections/path length", length);

        void Scalar(string name, double value) => _file.Add(name, (float)value, progress.Batches);
    }

    public void Dispose() => _file.Dispose();
}
