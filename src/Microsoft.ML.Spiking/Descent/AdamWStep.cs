namespace Microsoft.ML.Spiking.Descent;

/// <summary>The numbers of one step of <see cref="AdamW"/>.</summary>
/// <param name="Clip">What multiplies the gradient.</param>
/// <param name="Beta1">Memory of the gradient's mean.</param>
/// <param name="Beta2">Memory of the gradient's square.</param>
/// <param name="Keep">1 - η · decay.</param>
/// <param name="Rate">η / (1 - β₁ⁿ): the learning rate, and the bias of the mean taken out.</param>
/// <param name="RootScale">1 / √(1 - β₂ⁿ): takes the bias out of the square's root.</param>
/// <param name="Epsilon">Added to that root.</param>
internal readonly record struct AdamWStep(float Clip, float Beta1, float Beta2, float Keep, float Rate, float RootScale, float Epsilon)
{
    /// <param name="rule">The rule.</param>
    /// <param name="clip">What multiplies the gradient.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="n">Which step of these weights, from 1.</param>
    public static AdamWStep Of(AdamW rule, float clip, double learningRate, int n) => new(
        clip, (float)rule.Beta1, (float)rule.Beta2, (float)(1 - learningRate * rule.WeightDecay),
        (float)(learningRate / (1 - Math.Pow(rule.Beta1, n))), (float)(1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, n))), (float)rule.Epsilon);
}
