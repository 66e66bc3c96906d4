using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Numbers without dimensions on a device, each made once: where an operation takes a tensor and no scalar.</summary>
internal sealed class DeviceNumbers(Device device) : IDisposable
{
    private readonly Dictionary<double, Tensor> _made = [];

    /// <summary>The number as float32.</summary>
    public Tensor Of(double value)
    {
        if (!_made.TryGetValue(value, out Tensor? made)) _made[value] = made = full([], value.Rooted(), float32, device).DetachFromDisposeScope();
        return made;
    }

    public void Dispose()
    {
        foreach (Tensor number in _made.Values) number.Dispose();
    }
}
