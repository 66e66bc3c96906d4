using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The code of training, with its noise.</summary>
/// <remarks>
/// The noise is a function of <see cref="Seed"/>, the row's features, input and time, so that a row has the same prediction wherever it is made.
/// </remarks>
public sealed record TrainingCode : EvaluationCode
{
    /// <summary>Seed of the noise. Default 0.</summary>
    public int Seed { get; init; }

    internal override void Encode(SpikeCode code, Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus)
        => code.Encode(x, inputScale, code.IsNoisy ? CounterRandom.FromSeed(Seed).For(x) : default, stimulus);

    internal override void Check(SpikeCode? code) { }
}
