using System.Diagnostics;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Time of training, without evaluation.</summary>
internal sealed class TrainingClock
{
    // More than anybody waits for, and less than a time span can say.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1_000_000);

    private readonly Stopwatch _sitting = new(), _epoch = new();
    private TimeSpan _earlier, _epochEarlier;

    /// <summary>Of all sittings.</summary>
    public TimeSpan Total => _earlier + _sitting.Elapsed;

    /// <summary>Of this sitting: since the training began or was resumed.</summary>
    public TimeSpan Sitting => _sitting.Elapsed;

    /// <summary>Of this epoch.</summary>
    public TimeSpan Epoch => _epochEarlier + _epoch.Elapsed;

    /// <summary>Goes on where an earlier sitting stopped.</summary>
    public void Resume(TimeSpan total, TimeSpan epoch) => (_earlier, _epochEarlier) = (total, epoch);

    public void StartEpoch()
    {
        _epochEarlier = TimeSpan.Zero;
        _epoch.Reset();
        Start();
    }

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    public void Start()
    {
        _sitting.Start();
        _epoch.Start();
    }

    public void Stop()
    {
        _sitting.Stop();
        _epoch.Stop();
    }

    public double RowsPerSecond(long rows) => rows / Math.Max(1e-9, Epoch.TotalSeconds);

    public TimeSpan TimeLeft(int done, int total)
        => TimeSpan.FromSeconds(Math.Min(Total.TotalSeconds / done * (total - done), s_longest.TotalSeconds));
}
