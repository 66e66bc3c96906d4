namespace Microsoft.ML.Spiking.Images;

/// <summary>Neighbouring inputs, from First to before Limit: all that a panel's neurons see lies within, and what lies outside need not be added up.</summary>
internal readonly record struct InputRange(int First, int Limit)
{
    public static InputRange All { get; } = new(0, int.MaxValue);

    /// <summary>Where they are among some inputs.</summary>
    /// <param name="inputs">Ascending.</param>
    public Range Of(ReadOnlySpan<int> inputs) => this == All ? Range.All : Below(inputs, First)..Below(inputs, Limit);

    /// <summary>Where they are among the inputs of a burst.</summary>
    /// <param name="burst">Ascending, input · 256 + steps as bits.</param>
    public Range OfBurst(ReadOnlySpan<int> burst) => this == All ? Range.All : Below(burst, First << 8)..Below(burst, Limit << 8);

    private static int Below(ReadOnlySpan<int> inputs, int limit)
    {
        int at = inputs.BinarySearch(limit);
        return at < 0 ? ~at : at;
    }
}
