namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>A mutant that neither loads nor is refused as documented, or costs too much.</summary>
/// <param name="Index">Which, in the order of its seed.</param>
/// <param name="Kind">What goes wrong, the same for mutants that fail alike.</param>
/// <param name="Detail">What there is to say of this one.</param>
/// <param name="Mutant">The file.</param>
internal sealed record FuzzFailure(long Index, string Kind, string Detail, byte[] Mutant);
