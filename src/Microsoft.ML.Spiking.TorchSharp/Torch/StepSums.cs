using Microsoft.ML.Spiking.Engines;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>The sums of <see cref="NetworkTraining.Sums"/>, read from the device many steps at a time: a step asks nothing of it for them.</summary>
/// <remarks>Added up on the host, one step after the other, so that they do not depend on when they are read.</remarks>
internal sealed class StepSums(int columns) : IDisposable
{
    /// <summary>Steps after which they are read.</summary>
    private const int Most = 32;

    private const int Means = 3;

    private readonly List<(StepResult Result, TrainingBatch Batch)> _unread = [];
    private double[] _sums = new double[Means + columns];

    /// <summary>The sums. Waits for the device.</summary>
    public double[] Values
    {
        get
        {
            Read();
            return [.. _sums];
        }
        set
        {
            Forget();
            _sums = [.. value];
        }
    }

    /// <summary>Adds a step.</summary>
    public void Add(StepResult result, TrainingBatch batch)
    {
        foreach (Tensor kept in Tensors(result)) kept.DetachFromDisposeScope();
        _unread.Add((result, batch));
        if (_unread.Count == Most) Read();
    }

    public void Dispose() => Forget();

    private static Tensor[] Tensors(StepResult result) => [result.Logits, result.LogProbabilities, result.Targets, result.ColumnRates];

    private void Read()
    {
        if (_unread.Count == 0) return;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor losses = (All(result => result.LogProbabilities) * All(result => result.Targets)).sum(1), chosen = All(result => result.Logits).argmax(1);
        float[] loss = losses.cpu().data<float>().ToArray(), rates = All(result => result.ColumnRates).cpu().data<float>().ToArray();
        long[] classes = chosen.cpu().data<long>().ToArray();
        int row = 0, step = 0;
        foreach (var (_, batch) in _unread)
        {
            for (int i = 0; i < batch.Count; i++, row++)
            {
                _sums[0] += loss[row];
                if (classes[row] == batch.Labels[i]) _sums[1] += batch.Weights?[i] ?? 1;
            }
            Span<float> ofColumns = rates.AsSpan(step++ * columns, columns);
            double sum = 0;
            for (int column = 0; column < columns; column++)
            {
                sum += ofColumns[column];
                _sums[Means + column] += ofColumns[column];
            }
            _sums[2] += sum / columns;
        }
        Forget();
    }

    private Tensor All(Func<StepResult, Tensor> part) => cat([.. _unread.Select(step => part(step.Result))]);

    private void Forget()
    {
        foreach (var (result, _) in _unread)
            foreach (Tensor kept in Tensors(result)) kept.Dispose();
        _unread.Clear();
    }
}
