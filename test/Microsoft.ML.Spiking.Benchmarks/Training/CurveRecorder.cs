namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Keeps every measurement of accuracy; training knows nothing of them and chooses no weights by them.</summary>
internal sealed class CurveRecorder(int seed, Action<CurvePoint> measured) : IProgress<TrainingProgress>
{
    private readonly List<CurvePoint> _points = [];

    public IReadOnlyList<CurvePoint> Points => _points;

    public void Report(TrainingProgress value)
    {
        double? accuracy = value switch
        {
            BatchProgress batch => batch.ValidationAccuracy,
            EpochProgress epoch => epoch.ValidationAccuracy,
            _ => null,
        };
        if (accuracy is null) return;
        var point = new CurvePoint(seed, value.Batches, value.TrainingTime, accuracy.Value);
        _points.Add(point);
        measured(point);
    }
}
