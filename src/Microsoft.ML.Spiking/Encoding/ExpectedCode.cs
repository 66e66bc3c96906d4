namespace Microsoft.ML.Spiking;

/// <summary>The expectation of the Poisson code: every input gives its probability as a current, without noise.</summary>
public sealed record ExpectedCode : EvaluationCode
{
    internal override void Encode(Span<float> probabilities) { }

    internal override void Check() { }
}
