namespace Microsoft.ML.Spiking;

/// <summary>The inputs with the largest probabilities spike in every time step, the others never; of equals, the first come first.</summary>
public sealed record DeterministicCode : EvaluationCode
{
    /// <summary>Of all inputs, the fraction that may spike, rounded down to whole inputs. Default 0.1.</summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>Only inputs of a larger probability than this spike. Default 0.3.</summary>
    public double MinimumProbability { get; init; } = 0.3;

    /// <summary>How many of <paramref name="inputs"/> inputs may spike.</summary>
    internal int Count(int inputs) => (int)Math.Floor(Fraction * inputs);

    internal override void Encode(Span<float> probabilities)
    {
        int[] order = new int[probabilities.Length];
        float[] descending = new float[probabilities.Length];
        for (int i = 0; i < order.Length; i++) (order[i], descending[i]) = (i, -probabilities[i]);
        // Array.Sort is not stable, so the index decides between equals.
        Array.Sort(order, (a, b) => descending[a] != descending[b] ? descending[a].CompareTo(descending[b]) : a.CompareTo(b));

        float minimum = (float)MinimumProbability;
        probabilities.Clear();
        foreach (int input in order.AsSpan(0, Count(order.Length)))
            if (-descending[input] > minimum) probabilities[input] = 1;
    }

    internal override void Check() => Require.Fraction(Fraction, "Evaluation.Fraction");
}
