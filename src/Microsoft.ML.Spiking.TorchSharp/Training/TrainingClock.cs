using System.Diagnostics;

namespace Microsoft.ML.Spiking;

/// <summary>Time of training, without evaluation.</summary>
internal sealed class TrainingClock
{
    private readonly Stopwatch _total = new(), _epoch = new();

    public TimeSpan Total => _total.Elapsed;

    public void StartEpoch()
    {
        _total.Start();
        _epoch.Restart();
    }

    public void StopEpoch()
    {
        _total.Stop();
        _epoch.Stop();
    }

    public double RowsPerSecond(long rows) => rows / Math.Max(1e-9, _epoch.Elapsed.TotalSeconds);

    public TimeSpan TimeLeft(int done, int total) => TimeSpan.FromSeconds(_total.Elapsed.TotalSeconds / done * (total - done));
}
