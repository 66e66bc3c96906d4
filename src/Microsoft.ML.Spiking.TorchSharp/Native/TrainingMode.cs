using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>
/// While it lives, torch on this thread does what training needs, whatever the caller has switched off: it records gradients. Then it is the caller's again.
/// </summary>
internal sealed class TrainingMode : IDisposable
{
    // A tensor that is made in inference mode can never have a gradient.
    private readonly IDisposable _tracking = torch.inference_mode(false), _gradients = torch.enable_grad();

    public void Dispose()
    {
        _gradients.Dispose();
        _tracking.Dispose();
    }
}
