namespace Microsoft.ML.Spiking;

/// <summary>The inputs with the largest probabilities spike in every time step, the others never; of equals, the first come first.</summary>
public sealed record DeterministicCode : EvaluationCode
{
    private const int StackInputs = 1024;

    /// <summary>Of all inputs, the fraction that may spike, rounded down to whole inputs. Default 0.1.</summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>Only inputs of a larger probability than this spike. Default 0.3.</summary>
    public double MinimumProbability { get; init; } = 0.3;

    /// <summary>How many of <paramref name="inputs"/> inputs may spike.</summary>
    internal int Count(int inputs) => (int)Math.Floor(Fraction * inputs);

    internal override void Encode(Span<float> probabilities)
    {
        Span<ulong> candidates = probabilities.Length <= StackInputs ? stackalloc ulong[probabilities.Length] : new ulong[probabilities.Length];
        int count = 0;
        float minimum = (float)MinimumProbability;
        for (int input = 0; input < probabilities.Length; input++)
            if (probabilities[input] > minimum) candidates[count++] = Key(probabilities[input], input);
        candidates = candidates[..count];

        int limit = Count(probabilities.Length);
        if (count > limit)
        {
            candidates.Sort();
            candidates = candidates[..limit];
        }
        probabilities.Clear();
        foreach (ulong candidate in candidates) probabilities[(int)(uint)candidate] = 1;
    }

    /// <summary>Ascending keys are descending probabilities, and of equals ascending inputs: bits of floats that are not negative order as these do.</summary>
    private static ulong Key(float probability, int input) => (ulong)~BitConverter.SingleToUInt32Bits(probability + 0f) << 32 | (uint)input;

    internal override void Check() => Require.Fraction(Fraction, "Evaluation.Fraction");
}
