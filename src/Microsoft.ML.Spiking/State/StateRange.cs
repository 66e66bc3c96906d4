namespace Microsoft.ML.Spiking.State;

/// <summary>What numbers of a <see cref="StateArray"/> may be.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
/// <param name="Whole">Whether they are whole numbers.</param>
/// <param name="Words">The same in words, after "must be".</param>
internal sealed record StateRange(float Least, float Most, bool Whole, string Words)
{
    // As far as float32 counts one by one.
    private const float MostCounted = 1 << 24;

    /// <summary>Any finite number.</summary>
    public static StateRange Any { get; } = new(float.MinValue, float.MaxValue, Whole: false, "a finite number");

    /// <summary>What is a sum or a mean of squares or of magnitudes.</summary>
    public static StateRange NotNegative { get; } = new(0, float.MaxValue, Whole: false, "a finite number, and not negative");

    /// <summary>What is counted.</summary>
    public static StateRange Count { get; } = new(0, MostCounted, Whole: true, "a whole number from 0 to 2²⁴");

    /// <summary>What is there or not.</summary>
    public static StateRange Switch { get; } = new(0, 1, Whole: true, "0 or 1");

    /// <summary>The first number of an array that is none of these, as a sentence that begins in lower case; null where all are.</summary>
    public string? Fault(string array, float[] values)
    {
        int at = Array.FindIndex(values, value => !Holds(value));
        return at < 0 ? null : FormattableString.Invariant($"its array '{array}' holds {values[at]} at place {at}, but that must be {Words}.");
    }

    private bool Holds(float value) => value >= Least && value <= Most && (!Whole || value == MathF.Truncate(value));
}
