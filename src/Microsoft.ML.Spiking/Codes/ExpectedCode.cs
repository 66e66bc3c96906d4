using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking;

/// <summary>
/// The expectation of the code of training: of a Poisson code, every input gives its probability as a current; a code without noise is its own.
/// </summary>
public sealed record ExpectedCode : EvaluationCode
{
    internal override void Encode(SpikeCode code, Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus) => code.Expect(x, inputScale, stimulus);

    internal override void Check(SpikeCode? code) { }
}
