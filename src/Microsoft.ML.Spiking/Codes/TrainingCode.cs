using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The code of training, with its noise.</summary>
/// <remarks>
/// The noise is a function of <see cref="Seed"/>, the row's features, input and time, so that a row has the same prediction wherever it is made. Of a
/// <see cref="SequenceCode"/>, each step's is of the features up to it, so that a sequence that is still coming (<see cref="SpikingSession"/>) has it too.
/// </remarks>
public sealed record TrainingCode : EvaluationCode
{
    /// <summary>Seed of the noise. Default 0.</summary>
    public int Seed { get; init; }

    internal override CounterRandom? Noise => CounterRandom.FromSeed(Seed);

    internal override void Encode(SpikeCode code, Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus)
    {
        if (code is SequenceCode sequence) sequence.Show(x, Noise, stimulus);
        else code.Encode(x, inputScale, code.IsNoisy ? CounterRandom.FromSeed(Seed).For(x) : default, stimulus);
    }

    internal override void Check(SpikeCode? code) { }
}
