using Microsoft.ML.Spiking.Native;

namespace Microsoft.ML.Spiking;

/// <summary>TorchSharp's native library, which trains on a GPU.</summary>
public static class SpikingTorchSharp
{
    /// <summary>Loads it, as a training on torch does by itself. Only an application that uses TorchSharp elsewhere too needs it.</summary>
    /// <remarks>
    /// Call it before anything else that uses TorchSharp, other packages such as Microsoft.ML.TorchSharp included. On Linux with a libstdc++ older than GCC
    /// 13's (Debian 12, Ubuntu 22.04, RHEL 9) TorchSharp does not load by itself, and once that has failed it stays unusable as long as the process lives.
    /// </remarks>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded; the message says why and what to do.</exception>
    public static void Prepare() => LibTorch.EnsureLoaded();
}
