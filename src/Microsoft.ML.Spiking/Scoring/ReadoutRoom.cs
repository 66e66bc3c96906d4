namespace Microsoft.ML.Spiking.Scoring;

/// <summary>What the readout needs room for between the rates and the logits.</summary>
/// <param name="Inputs">What is read of a row, [reading, input], where layers lie one after the other; else empty.</param>
/// <param name="Hidden">The hidden units, [row, unit] or [reading, unit].</param>
/// <param name="Scores">Of a row that is read several times, [reading, class]; else empty.</param>
/// <param name="Attention">How much each reading of a row counts, [reading]; else empty.</param>
internal sealed record ReadoutRoom(float[] Inputs, float[] Hidden, float[] Scores, float[] Attention);
