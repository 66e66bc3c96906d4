using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Carries progress from the training thread to those who watch, and never lets them hold it up.</summary>
internal sealed class ProgressPump : IProgress<TrainingProgress>, IDisposable
{
    private readonly Channel<TrainingProgress> _toView = Channel.CreateUnbounded<TrainingProgress>(), _toLog = Channel.CreateUnbounded<TrainingProgress>();
    private readonly Task _view, _log;

    public ProgressPump(IProgressView view, TensorBoardLog? log)
    {
        _view = Task.Run(() => view.ShowAsync(_toView.Reader));
        _log = Task.Run(async () =>
        {
            await foreach (TrainingProgress progress in _toLog.Reader.ReadAllAsync()) log?.Add(progress);
        });
    }

    public void Report(TrainingProgress value)
    {
        _toView.Writer.TryWrite(value);
        _toLog.Writer.TryWrite(value);
    }

    /// <summary>Waits until all has been shown. What goes wrong in showing is no reason to lose a training.</summary>
    public void Dispose()
    {
        _toView.Writer.Complete();
        _toLog.Writer.Complete();
        try
        {
            Task.WaitAll(_view, _log);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is IOException or ObjectDisposedException)) { }
    }
}
