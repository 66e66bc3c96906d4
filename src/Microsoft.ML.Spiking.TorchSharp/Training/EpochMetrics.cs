using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Training;

/// <summary>Sums over an epoch, kept on the device: a step never waits for them to be read.</summary>
internal sealed class EpochMetrics(Device device, int columns) : IDisposable
{
    private const int Means = 3;

    // Cross entropy, weight of the rows that are right, spike rate; then the rate of each column.
    private readonly Tensor _sums = zeros(Means + columns, dtype: float64, device: device).DetachFromDisposeScope();
    private long _rows, _batches;
    private double _weight;

    /// <summary>The readout's learning rate of the last batch.</summary>
    public double LearningRate { get; set; }

    public void Reset()
    {
        _sums.zero_();
        (_rows, _batches, _weight) = (0, 0, 0);
    }

    public void Add(StepResult step, BatchLabels labels)
    {
        Tensor hits = step.Logits.argmax(1).eq(labels.Classes);
        Tensor right = labels.Weights is { } weights ? hits.to_type(float64).mul(weights).sum() : hits.sum();
        Tensor means = stack([step.CrossEntropy.to_type(float64), right.to_type(float64), step.ColumnRates.mean().to_type(float64)]);
        _sums.add_(cat([means, step.ColumnRates.to_type(float64)]), One);
        _rows += labels.Classes.shape[0];
        _weight += labels.TotalWeight;
        _batches++;
    }

    public EpochMeans Read()
    {
        using Tensor host = _sums.cpu();
        double[] sums = host.data<double>().ToArray();
        return new EpochMeans(sums[0] / _batches, sums[1] / _weight, sums[2] / _batches, _rows, [.. sums[Means..].Select(sum => sum / _batches)]);
    }

    /// <summary>The sums so far, for a checkpoint. Waits for the device.</summary>
    public EpochSums Save()
    {
        using Tensor host = _sums.cpu();
        return new EpochSums(host.data<double>().ToArray(), _rows, _batches, LearningRate) { Weight = _weight };
    }

    /// <summary>Goes on from sums that were saved.</summary>
    public void Resume(EpochSums saved)
    {
        if (saved.Sums.Length != _sums.shape[0])
            throw Trouble.Checkpoint.InvalidData(
                $"The checkpoint is damaged: it holds {saved.Sums.Length} sums of an epoch instead of {_sums.shape[0]}.");
        using Tensor sums = tensor(saved.Sums, device: CPU);
        _sums.copy_(sums);
        (_rows, _batches, _weight, LearningRate) = (saved.Rows, saved.Batches, saved.Weight ?? saved.Rows, saved.LearningRate);
    }

    public void Dispose() => _sums.Dispose();
}
