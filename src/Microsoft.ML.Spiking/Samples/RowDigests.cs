namespace Microsoft.ML.Spiking.Samples;

/// <summary>What rows are told from others by: SHA-256, or, of rows that are not held, 64 bits that are made while they pass.</summary>
/// <param name="Labels">Of their classes, in their order.</param>
/// <param name="Features">Of what they hold, in their order.</param>
/// <param name="Weights">Of how much they count, in their order; null where all count alike.</param>
internal sealed record RowDigests(string Labels, string Features, string? Weights);
