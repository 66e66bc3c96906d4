namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What one column has of one panel.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="Column">The column.</param>
/// <param name="Excitatory">Its excitatory neurons there, as bits.</param>
/// <param name="Inhibitory">Its inhibitory neurons there, as bits.</param>
internal readonly record struct PanelShare(int Panel, int Column, ulong Excitatory, ulong Inhibitory);
