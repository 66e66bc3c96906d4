using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What ends a training from outside: cancellation, by the options' token or the MLContext's own, and the clock.</summary>
internal sealed class Interruption(SpikingNetworkOptions options, IHost host, SharedTraining shared)
{
    /// <summary>Why training has to end now; null where nothing asks for it.</summary>
    /// <param name="clock">The training's.</param>
    public TrainingEnd? Reason(TrainingClock clock)
    {
        TrainingEnd? own = !shared.IsFirst ? null
            : IsCancelled() ? TrainingEnd.Cancelled : clock.Sitting >= options.MaximumTime ? TrainingEnd.TimeUp : null;
        return shared.OfFirst(own is { } end ? (int)end : -1) is >= 0 and var decided ? (TrainingEnd)decided : null;
    }

    /// <exception cref="OperationCanceledException">Always: the training was cancelled.</exception>
    public void ThrowCancelled()
    {
        shared.End();
        ThrowIfCancelled();
        // In the first of the processes that share it.
        new CancellationToken(canceled: true).ThrowIfCancellationRequested();
    }

    private void ThrowIfCancelled()
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        MLNet.CheckAlive(host);
    }

    private bool IsCancelled()
    {
        try
        {
            ThrowIfCancelled();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
