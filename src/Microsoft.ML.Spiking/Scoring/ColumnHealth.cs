namespace Microsoft.ML.Spiking.Scoring;

/// <summary>What the columns of all layers do on training rows, under the evaluation code.</summary>
/// <param name="AverageRate">Spikes per neuron and step, [column].</param>
/// <param name="Silent">Share of the rows on which a column does not spike once, [column].</param>
/// <param name="Saturated">Share of a column's neurons, over all rows, that spike in every step, [column].</param>
internal sealed record ColumnHealth(float[] AverageRate, float[] Silent, float[] Saturated);
