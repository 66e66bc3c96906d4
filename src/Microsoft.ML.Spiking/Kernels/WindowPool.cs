namespace Microsoft.ML.Spiking.Kernels;

/// <summary>From the scores of a row's windows to its own (<see cref="WindowPooling"/>), and back.</summary>
/// <remarks>One number after the other, so that the machine's vectors change nothing; the scores are few beside what they are made of.</remarks>
internal static class WindowPool
{
    /// <summary>The largest score of each class.</summary>
    /// <param name="scores">[window, class].</param>
    /// <param name="logits">Receives [class].</param>
    public static void Maximum(ReadOnlySpan<float> scores, Span<float> logits)
    {
        scores[..logits.Length].CopyTo(logits);
        for (int at = logits.Length; at < scores.Length; at += logits.Length)
            for (int k = 0; k < logits.Length; k++)
                if (scores[at + k] > logits[k] || float.IsNaN(scores[at + k])) logits[k] = scores[at + k];
    }

    /// <summary>The gradient goes to the first of the largest scores.</summary>
    /// <param name="scores">[window, class].</param>
    /// <param name="ofLogits">∂loss/∂logits, [class].</param>
    /// <param name="ofScores">Receives ∂loss/∂scores, [window, class].</param>
    public static void MaximumGradient(ReadOnlySpan<float> scores, ReadOnlySpan<float> ofLogits, Span<float> ofScores)
    {
        ofScores.Clear();
        for (int k = 0; k < ofLogits.Length; k++)
        {
            int largest = k;
            for (int at = k; at < scores.Length; at += ofLogits.Length)
                if (scores[at] > scores[largest]) largest = at;
            ofScores[largest] = ofLogits[k];
        }
    }

    /// <summary>The mean of the scores, each counted as its window's attention has it.</summary>
    /// <param name="scores">[window, class].</param>
    /// <param name="attention">[window]; becomes the softmax of itself.</param>
    /// <param name="logits">Receives [class].</param>
    public static void Attend(ReadOnlySpan<float> scores, Span<float> attention, Span<float> logits)
    {
        float largest = attention[0], sum = 0;
        foreach (float score in attention) largest = MathF.Max(largest, score);
        foreach (ref float score in attention) sum += score = MathF.Exp(score - largest);
        logits.Clear();
        for (int window = 0; window < attention.Length; window++)
        {
            attention[window] /= sum;
            for (int k = 0; k < logits.Length; k++) logits[k] += attention[window] * scores[window * logits.Length + k];
        }
    }

    /// <param name="scores">[window, class].</param>
    /// <param name="attention">The softmax, [window].</param>
    /// <param name="logits">What came of both, [class].</param>
    /// <param name="ofLogits">∂loss/∂logits, [class].</param>
    /// <param name="ofScores">Receives ∂loss/∂scores, [window, class].</param>
    /// <param name="ofAttention">Receives the gradient by what the softmax was made of, [window].</param>
    public static void AttendGradient(ReadOnlySpan<float> scores, ReadOnlySpan<float> attention, ReadOnlySpan<float> logits, ReadOnlySpan<float> ofLogits,
        Span<float> ofScores, Span<float> ofAttention)
    {
        for (int window = 0, at = 0; window < attention.Length; window++)
        {
            float gain = 0;
            for (int k = 0; k < logits.Length; k++, at++)
            {
                gain += ofLogits[k] * (scores[at] - logits[k]);
                ofScores[at] = attention[window] * ofLogits[k];
            }
            ofAttention[window] = attention[window] * gain;
        }
    }
}
