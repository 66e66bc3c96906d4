using Microsoft.ML.Spiking.Engines;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>A <see cref="TrainingEpoch"/> on a device: copied once, so that no batch of it waits for a copy.</summary>
internal sealed class EpochTensors : IDisposable
{
    /// <summary>Batches whose targets are made at once.</summary>
    private const int Batches = 32;

    private readonly LossTargets _makes;
    private readonly Tensor _rows, _labels;
    private readonly Tensor? _weights;
    private (int First, int Count, int Batch, Tensor? Values) _targets;

    /// <param name="epoch">The epoch.</param>
    /// <param name="targets">Makes the targets.</param>
    /// <param name="device">Where to.</param>
    public EpochTensors(TrainingEpoch epoch, LossTargets targets, Device device)
    {
        (Of, _makes) = (epoch, targets);
        _rows = tensor(Array.ConvertAll(epoch.Rows, row => (long)row), int64, device).DetachFromDisposeScope();
        _labels = tensor(Array.ConvertAll(epoch.Labels, label => (long)label), int64, device).DetachFromDisposeScope();
        _weights = epoch.Weights is { } weights ? tensor(weights, float32, device).DetachFromDisposeScope() : null;
    }

    /// <summary>Which epoch.</summary>
    public TrainingEpoch Of { get; }

    /// <summary>The rows at the places of a batch, [place], and what they are to be classified as (<see cref="LossTargets"/>): views, of which nothing is
    /// copied.</summary>
    public (Tensor Rows, Tensor Targets) At(int first, int count)
    {
        if (_targets.Values is null || _targets.Batch != count || first < _targets.First || first + count > _targets.First + _targets.Count) Make(first, count);
        return (_rows.narrow(0, first, count), _targets.Values!.narrow(0, first - _targets.First, count));
    }

    public void Dispose()
    {
        _rows.Dispose();
        _labels.Dispose();
        _weights?.Dispose();
        _targets.Values?.Dispose();
    }

    private void Make(int first, int batch)
    {
        _targets.Values?.Dispose();
        int count = (int)Math.Min((long)batch * Batches, Of.Rows.Length - first);
        Tensor values = _makes.Of(_labels.narrow(0, first, count), _weights?.narrow(0, first, count), batch).DetachFromDisposeScope();
        _targets = (first, count, batch, values);
    }
}
