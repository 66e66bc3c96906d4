using System.Buffers;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>The choice that <see cref="TopKCode"/> and <see cref="DeterministicCode"/> make.</summary>
internal static class LargestInputs
{
    /// <exception cref="ArgumentException">A network's codes would choose none of the inputs.</exception>
    public static void Check(SpikeCode? code, EvaluationCode evaluation, InputShape input)
    {
        int among = code is SequenceCode ? input.Inputs : input.Features;
        if (Fraction(code, evaluation) is { } fraction && Count(fraction, among) == 0)
            throw Trouble.Fit.Argument(
                $"The code chooses the largest of the inputs, a Fraction of {Require.Said(fraction)}, but of {among} inputs that is none; "
                + $"make it at least {Require.Said(Math.Round(1.0 / among, 3))}.");
    }

    /// <summary>How many of <paramref name="inputs"/> inputs are chosen at most.</summary>
    public static int Count(double fraction, int inputs) => (int)Math.Floor(fraction * inputs);

    /// <summary>Turns the largest values into 1 and the others into 0; of equals, the first come first.</summary>
    /// <param name="values">[input].</param>
    /// <param name="fraction">Of all inputs, the fraction that is chosen at most, rounded down.</param>
    /// <param name="minimum">Only larger values than this are chosen.</param>
    public static void Choose(Span<float> values, double fraction, double minimum)
    {
        int count = Count(fraction, values.Length), equals = count;
        float floor = (float)minimum, last = count == 0 ? float.PositiveInfinity : Ranked(values, count, floor);
        foreach (float value in values)
            if (value > last) equals--;

        foreach (ref float value in values)
        {
            bool chosen = value > last || value == last && equals-- > 0;
            value = chosen && value > floor ? 1 : 0;
        }
    }

    /// <summary>The smallest fraction that codes choose; null where they choose none.</summary>
    private static double? Fraction(SpikeCode? code, EvaluationCode evaluation)
    {
        double? training = ((code as SequenceCode)?.Step as TopKCode ?? code as TopKCode)?.Fraction, predicting = (evaluation as DeterministicCode)?.Fraction;
        return training is null || predicting < training ? predicting : training;
    }

    /// <summary>The value of a rank, from 1 for the largest, among those above the floor; the floor where there are fewer.</summary>
    private static float Ranked(ReadOnlySpan<float> values, int rank, float floor)
    {
        float[] room = ArrayPool<float>.Shared.Rent(values.Length);
        int above = 0;
        foreach (float value in values)
            if (value > floor) room[above++] = value;
        room.AsSpan(0, above).Sort();
        float ranked = above >= rank ? room[above - rank] : floor;
        ArrayPool<float>.Shared.Return(room);
        return ranked;
    }
}
