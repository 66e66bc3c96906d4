namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>Which rows of rates are presented to <see cref="ProductStdp"/>, one pair of pre and post after the other.</summary>
/// <param name="FirstPre">The row of the first pre.</param>
/// <param name="FirstPost">The row of the first post.</param>
/// <param name="Stride">Rows from one presentation to the next.</param>
/// <param name="Count">Presentations.</param>
internal readonly record struct Presentations(int FirstPre, int FirstPost, int Stride, int Count);
