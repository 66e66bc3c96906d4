using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The inputs with the largest probabilities spike in every time step, the others never; of equals, the first come first. For Poisson codes.</summary>
/// <remarks>The evaluation code of the reference network.</remarks>
public sealed record DeterministicCode : EvaluationCode
{
    /// <summary>Of all inputs, the fraction that may spike, rounded down to whole inputs. Default 0.1.</summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>Only inputs of a larger probability than this spike. Default 0.3.</summary>
    public double MinimumProbability { get; init; } = 0.3;

    internal override void Encode(SpikeCode code, Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus)
    {
        ((PoissonCode)code).Probabilities(x, inputScale);
        LargestInputs.Choose(x, Fraction, MinimumProbability);
        stimulus.Hold(x);
    }

    internal override void Check(SpikeCode? code)
    {
        Require.That(code is null or PoissonCode,
            $"EvaluationCode is DeterministicCode, which ranks the probabilities of a Poisson code, but Code is {code?.GetType().Name}, which has none; "
            + "evaluate with ExpectedCode or TrainingCode.");
        Require.Fraction(Fraction, "EvaluationCode.Fraction");
        Require.Fraction(MinimumProbability, "EvaluationCode.MinimumProbability");
    }
}
