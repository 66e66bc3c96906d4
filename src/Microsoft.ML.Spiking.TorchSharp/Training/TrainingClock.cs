using System.Diagnostics;

namespace Microsoft.ML.Spiking;

/// <summary>Time of training, without evaluation.</summary>
internal sealed class TrainingClock
{
    private readonly Stopwatch _total = new(), _epoch = new();

    public TimeSpan Total => _total.Elapsed;

    public void StartEpoch()
    {
        _epoch.Reset();
        Start();
    }

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    public void Start()
    {
        _total.Start();
        _epoch.Start();
    }

    public void Stop()
    {
        _total.Stop();
        _epoch.Stop();
    }

    public double RowsPerSecond(long rows) => rows / Math.Max(1e-9, _epoch.Elapsed.TotalSeconds);

    public TimeSpan TimeLeft(int done, int total) => TimeSpan.FromSeconds(_total.Elapsed.TotalSeconds / done * (total - done));
}
