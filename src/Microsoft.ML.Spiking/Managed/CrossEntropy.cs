using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>Softmax and cross entropy of a batch, in float64 but for what goes in and comes out.</summary>
internal static class CrossEntropy
{
    /// <summary>
    /// mean over the batch of weight · Σ over classes c of -t[c] · log softmax(logits)[c], where t is 1 - smoothing at the label and smoothing / classes more
    /// everywhere (Szegedy et al. 2016).
    /// </summary>
    /// <remarks>
    /// Not divided by the batch's own weights: a batch without a rare row would then teach as much as one with it, and the noise of that costs most of what
    /// weights gain.
    /// </remarks>
    /// <param name="logits">[sample, class].</param>
    /// <param name="labels">Classes from 0, [sample].</param>
    /// <param name="weights">How much each sample counts; null where all count alike.</param>
    /// <param name="smoothing">What of a label is spread over all classes, 0 to 1.</param>
    /// <param name="gradient">Receives ∂loss/∂logits.</param>
    /// <param name="batch">Rows of the batch that these are a block of; null where they are all of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, float[]? weights, double smoothing, Span<float> gradient, int? batch = null)
    {
        int classes = logits.Length / labels.Length;
        double loss = 0, spread = smoothing / classes;
        var exponentials = new double[classes];
        for (int sample = 0; sample < labels.Length; sample++)
        {
            ReadOnlySpan<float> row = logits.Slice(sample * classes, classes);
            Span<float> slope = gradient.Slice(sample * classes, classes);
            double largest = double.NegativeInfinity, sum = 0, all = 0;
            foreach (float logit in row) largest = Math.Max(largest, logit);
            for (int c = 0; c < classes; c++) sum += exponentials[c] = Math.Exp(row[c] - largest);
            double logSum = Math.Log(sum) + largest, factor = (weights?[sample] ?? 1.0) / (batch ?? labels.Length);
            foreach (float logit in row) all += logSum - logit;
            loss += factor * ((1 - smoothing) * (logSum - row[labels[sample]]) + spread * all);
            for (int c = 0; c < classes; c++)
                slope[c] = (float)(factor * (exponentials[c] / sum - spread - (c == labels[sample] ? 1 - smoothing : 0)));
        }
        return loss;
    }
}
