using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking;

/// <summary>Makes scores mean what they say: one temperature, fitted on the validation rows, divides all logits before they become probabilities.</summary>
/// <remarks>
/// <para>Guo, Pleiss, Sun and Weinberger 2017. Of rows that score 0.9, nine in ten are right then. No prediction changes, only how sure it is. Without
/// validation rows the temperature is 1.</para>
/// <para>The temperature is that of the least cross entropy, towards targets a little short of certainty, as Platt (1999) has them: <c>1 - 1 / (rows + 2)</c>.
/// A few rows that are all right are then no reason to be certain.</para>
/// <para>The validation rows have a say in the probabilities, so judge those on other rows.</para>
/// </remarks>
public sealed record TemperatureScaling
{
    private const double Coldest = 0.05, Hottest = 20;
    private const int Halvings = 30;

    /// <summary>The temperature of some logits.</summary>
    /// <param name="logits">[row, class].</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="weights">How much each row counts; null where all count alike.</param>
    internal static float Fit(ReadOnlyMemory<float> logits, IReadOnlyList<int> labels, float[]? weights)
    {
        // The cross entropy is convex in 1/temperature: its slope is below 0 on one side of the best, and above 0 on the other.
        double low = Math.Log(1 / Hottest), high = Math.Log(1 / Coldest);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Slope(logits.Span, labels, weights, (float)Math.Exp(middle)) < 0) low = middle;
            else high = middle;
        }
        return (float)Math.Exp(-(low + high) / 2);
    }

    /// <summary>∂(cross entropy)/∂(1/temperature): over all rows, what the probabilities expect of the logits, less what the targets do.</summary>
    private static double Slope(ReadOnlySpan<float> logits, IReadOnlyList<int> labels, float[]? weights, float sharpness)
    {
        int classes = logits.Length / labels.Count;
        double doubt = 1.0 / (labels.Count + 2), slope = 0;
        float[] probabilities = new float[classes];
        for (int row = 0; row < labels.Count; row++)
        {
            ReadOnlySpan<float> scores = logits.Slice(row * classes, classes);
            TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), probabilities);
            TensorPrimitives.Multiply(probabilities, sharpness, probabilities);
            TensorPrimitives.SoftMax<float>(probabilities, probabilities);
            double expected = TensorPrimitives.Dot(scores, probabilities), right = scores[labels[row]],
                others = classes > 1 ? (TensorPrimitives.Sum(scores) - right) / (classes - 1) : right;
            slope += (weights?[row] ?? 1) * (expected - (1 - doubt) * right - doubt * others);
        }
        return slope;
    }
}
