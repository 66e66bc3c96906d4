using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>What the rows of a batch should be taken for, on the device.</summary>
/// <param name="Classes">From 0, [batch], Int64.</param>
/// <param name="Weights">How much each row counts, [batch]; null where all count alike.</param>
/// <param name="TotalWeight">Their sum; the number of rows where all count alike.</param>
internal sealed record BatchLabels(Tensor Classes, Tensor? Weights, double TotalWeight)
{
    public static BatchLabels Of(TrainingData data, int[] rows, Device device)
    {
        Tensor classes = tensor((long[])[.. rows.Select(row => (long)data.Training.Labels[row])], dtype: int64, device: device);
        if (data.TrainingWeights is not { } all) return new BatchLabels(classes, null, rows.Length);
        float[] weights = [.. rows.Select(row => all[row])];
        return new BatchLabels(classes, tensor(weights, dtype: float32, device: device), weights.Sum(weight => (double)weight));
    }
}
