namespace Microsoft.ML.Spiking.Fitting;

/// <summary>An epoch so far.</summary>
/// <param name="Loss">Mean cross entropy over batches, weighted where rows are, in nats.</param>
/// <param name="Accuracy">Fraction of rows classified rightly, weighted where rows are.</param>
/// <param name="SpikeRate">Mean spike rate, in spikes per neuron and time step.</param>
/// <param name="Rows">Rows seen.</param>
/// <param name="ColumnRates">The same rate of each column, [column].</param>
internal readonly record struct EpochMeans(double Loss, double Accuracy, double SpikeRate, long Rows, double[] ColumnRates);
