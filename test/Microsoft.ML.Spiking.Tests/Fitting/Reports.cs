namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Keeps what it is told, at once and in order.</summary>
internal sealed class Reports(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    public EpochProgress[] Epochs => [.. All.OfType<EpochProgress>()];

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
