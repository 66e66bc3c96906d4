using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What ends a training from outside: cancellation, by the options' token or the MLContext's own, and the clock.</summary>
internal sealed class Interruption(SpikingNetworkOptions options, IHost host)
{
    /// <summary>Why training has to end now; null where nothing asks for it.</summary>
    /// <param name="clock">The training's.</param>
    public TrainingEnd? Reason(TrainingClock clock)
        => IsCancelled() ? TrainingEnd.Cancelled : clock.Sitting >= options.MaximumTime ? TrainingEnd.TimeUp : null;

    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public void ThrowIfCancelled()
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
