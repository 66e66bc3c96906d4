using Microsoft.ML.Spiking.Engines;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>A <see cref="TrainingEpoch"/> on a device: copied once, so that no batch of it waits for a copy.</summary>
internal sealed class EpochTensors : IDisposable
{
    private readonly Tensor _rows, _labels;
    private readonly Tensor? _weights;

    public EpochTensors(TrainingEpoch epoch, Device device)
    {
        Of = epoch;
        _rows = tensor(Array.ConvertAll(epoch.Rows, row => (long)row), int64, device).DetachFromDisposeScope();
        _labels = tensor(Array.ConvertAll(epoch.Labels, label => (long)label), int64, device).DetachFromDisposeScope();
        _weights = epoch.Weights is { } weights ? tensor(weights, float32, device).DetachFromDisposeScope() : null;
    }

    /// <summary>Which epoch.</summary>
    public TrainingEpoch Of { get; }

    /// <summary>The rows at some places, their classes and their weights, [place]: views, of which nothing is copied.</summary>
    public (Tensor Rows, Tensor Labels, Tensor? Weights) At(int first, int count)
        => (_rows.narrow(0, first, count), _labels.narrow(0, first, count), _weights?.narrow(0, first, count));

    public void Dispose()
    {
        _rows.Dispose();
        _labels.Dispose();
        _weights?.Dispose();
    }
}
