namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>What a single file may cost.</summary>
/// <param name="Time">From the first byte to the refusal, or to a prediction.</param>
/// <param name="Bytes">Allocated on the managed heap in all.</param>
/// <param name="Endless">After this long, it is taken for one that never ends, and the run stops.</param>
internal sealed record FuzzLimits(TimeSpan Time, long Bytes, TimeSpan Endless)
{
    public static FuzzLimits Default { get; } = new(TimeSpan.FromSeconds(1), 200_000_000, TimeSpan.FromSeconds(20));
}
