using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary><see cref="Standardisation"/> on tensors.</summary>
internal sealed class StandardisationTensors(Standardisation standardisation, Device device) : IDisposable
{
    private readonly Tensor _offset = Values(standardisation.Offset.AsSpan(), device), _unit = Values(standardisation.Unit.AsSpan(), device);

    /// <param name="features">[batch, feature].</param>
    public Tensor Apply(Tensor features) => ((features.view(features.shape[0], -1, _offset.shape[0]) - _offset) / _unit).flatten(1);

    public void Dispose()
    {
        _offset.Dispose();
        _unit.Dispose();
    }

    private static Tensor Values(ReadOnlySpan<float> values, Device device)
        => tensor(values.ToArray(), dtype: float32, device: device).DetachFromDisposeScope();
}
