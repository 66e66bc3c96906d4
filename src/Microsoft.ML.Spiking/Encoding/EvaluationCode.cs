using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>What the columns receive when a trained network predicts: the same in every time step, so that a prediction is a function of its row.</summary>
/// <remarks>A closed family, since it is stored in models: <see cref="ExpectedCode"/> and <see cref="DeterministicCode"/>.</remarks>
[JsonDerivedType(typeof(ExpectedCode), "expected")]
[JsonDerivedType(typeof(DeterministicCode), "deterministic")]
public abstract record EvaluationCode
{
    private protected EvaluationCode() { }

    /// <summary>Turns the probabilities of the training code, one an input, into the input of every time step, in place.</summary>
    internal abstract void Encode(Span<float> probabilities);

    internal abstract void Check();
}
