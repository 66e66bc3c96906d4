using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// What the columns receive when a trained network predicts from intensities: a pure function of the row, whatever noise the code of training has.
/// </summary>
/// <remarks>
/// A closed family, since it is stored in models: <see cref="ExpectedCode"/>, <see cref="TrainingCode"/> and <see cref="DeterministicCode"/>. Where it differs
/// from the code of training, the columns fire at other rates; those are measured on training data at the end, stored, and scaled to the rate that
/// homeostasis aims at.
/// </remarks>
[JsonDerivedType(typeof(ExpectedCode), "expected")]
[JsonDerivedType(typeof(TrainingCode), "training")]
[JsonDerivedType(typeof(DeterministicCode), "deterministic")]
public abstract record EvaluationCode
{
    private protected EvaluationCode() { }

    /// <summary>Source of the noise of all rows; null where the mean over all noise is shown.</summary>
    internal virtual CounterRandom? Noise => null;

    /// <summary>Encodes a row as a trained network sees it.</summary>
    /// <param name="code">The code of training.</param>
    /// <param name="x">The standardised features; overwritten.</param>
    /// <param name="inputScale">The scale of each input; empty where the code has none.</param>
    /// <param name="stimulus">Receives the code.</param>
    internal abstract void Encode(SpikeCode code, Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus);

    /// <param name="code">The code of training; null where it is left to the data, which then choose one that fits.</param>
    internal abstract void Check(SpikeCode? code);
}
