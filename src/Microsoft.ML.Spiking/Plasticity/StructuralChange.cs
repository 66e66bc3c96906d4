namespace Microsoft.ML.Spiking;

/// <summary>A connection that formed or went, and the numbers that decided it.</summary>
/// <param name="Batch">The training batch that it followed, from 1.</param>
/// <param name="From">The presynaptic column.</param>
/// <param name="To">The postsynaptic column.</param>
/// <param name="Kind">Formed or pruned.</param>
/// <param name="Why">The rule's reason; its thresholds are in <see cref="StructuralPlasticity"/>.</param>
/// <param name="Potential">Running co-activity of the pair.</param>
/// <param name="Usage">Running usage of the connection; what is left of its last time, where it forms anew.</param>
/// <param name="Weight">A new connection's starting weight; the last weight of one that was pruned.</param>
public sealed record StructuralChange(
    int Batch, int From, int To, StructuralChangeKind Kind, StructuralReason Why, float Potential, float Usage, float Weight)
{
    /// <summary>The layer whose columns they are, from 0.</summary>
    public int Layer { get; init; }
}
