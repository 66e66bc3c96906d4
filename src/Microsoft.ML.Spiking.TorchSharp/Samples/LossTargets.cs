using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>What rows are to be classified as: the gradient of their mean cross entropy by the log softmax of their logits.</summary>
/// <remarks>
/// Not divided by the batch's own weights: a batch without a rare row would then teach as much as one with it, and the noise of that costs most of what
/// weights gain.
/// </remarks>
/// <param name="classes">Number of classes.</param>
/// <param name="smoothing">What of a label is spread over all classes, 0 to 1.</param>
/// <param name="device">Where to compute.</param>
internal sealed class LossTargets(int classes, double smoothing, Device device) : IDisposable
{
    private readonly Dictionary<int, Tensor> _ofLabels = [];

    /// <summary>The gradient, [row, class]: of each class minus what the label gives it, times the row's weight, over the rows of a batch.</summary>
    /// <param name="labels">Classes from 0, [row], int64.</param>
    /// <param name="weights">How much each row counts, [row]; null where all count alike.</param>
    /// <param name="batch">Rows of a batch.</param>
    public Tensor Of(Tensor labels, Tensor? weights, int batch)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor targets = OfLabels(batch).index_select(0, labels);
        if (weights is not null) targets.mul_(weights.unsqueeze(1));
        return targets.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (Tensor targets in _ofLabels.Values) targets.Dispose();
    }

    /// <summary>Of each label, [label, class].</summary>
    private Tensor OfLabels(int batch)
    {
        if (_ofLabels.TryGetValue(batch, out Tensor? known)) return known;
        double spread = smoothing / classes;
        return _ofLabels[batch] = eye(classes, classes, float32, device).mul_((-(1 - smoothing) / batch).Rooted()).sub_((spread / batch).Rooted())
            .DetachFromDisposeScope();
    }
}
