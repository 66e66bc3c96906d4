using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Carries progress from the training thread to those who watch, and never lets them hold it up.</summary>
internal sealed class ProgressPump : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100), s_patience = TimeSpan.FromSeconds(1);

    private readonly Channel<TrainingProgress> _toView = Channel.CreateUnbounded<TrainingProgress>(), _toLog = Channel.CreateUnbounded<TrainingProgress>();
    private readonly Task _view, _log;

    private readonly CancellationToken _cancel;

    /// <param name="view">Shows it.</param>
    /// <param name="log">Writes it down; null for nobody.</param>
    /// <param name="cancel">Says that the user wants to stop, and waits no longer for a view that is held up.</param>
    public ProgressPump(IProgressView view, TensorBoardLog? log, CancellationToken cancel)
    {
        _cancel = cancel;
        _view = Task.Run(() => view.ShowAsync(_toView.Reader), CancellationToken.None);
        _log = Task.Run(async () =>
        {
            await foreach (TrainingProgress progress in _toLog.Reader.ReadAllAsync()) log?.Add(progress);
        }, CancellationToken.None);
    }

    public void Report(TrainingProgress value)
    {
        _toView.Writer.TryWrite(value);
        _toLog.Writer.TryWrite(value);
    }

    /// <summary>Waits until all has been shown, or nobody wants to see it any more. What goes wrong in showing is no reason to lose a training.</summary>
    public void Dispose()
    {
        _toView.Writer.Complete();
        _toLog.Writer.Complete();
        try
        {
            for (TimeSpan left = s_patience; left > TimeSpan.Zero && !Task.WaitAll([_view, _log], s_look);)
                if (_cancel.IsCancellationRequested) left -= s_look;
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is IOException or ObjectDisposedException)) { }
    }
}
