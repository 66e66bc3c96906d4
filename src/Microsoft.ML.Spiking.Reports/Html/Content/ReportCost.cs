namespace Microsoft.ML.Spiking;

/// <summary>What a prediction costs, the mean over some samples: counts, not joules.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="InputEvents">Inputs that were on.</param>
/// <param name="Spikes">Spikes of all neurons.</param>
/// <param name="SynapticOperations">Synapses that something came through.</param>
/// <param name="DenseOperations">Multiply-adds of the same network where every synapse is computed in every step.</param>
/// <param name="Fewest">Synaptic operations of the cheapest sample.</param>
/// <param name="Most">Synaptic operations of the dearest sample.</param>
internal sealed record ReportCost(int Samples, double InputEvents, double Spikes, double SynapticOperations, double DenseOperations, long Fewest, long Most)
{
    public static ReportCost Of(SpikeRecording[] recordings) => new(
        recordings.Length,
        recordings.Average(recording => recording.Cost.InputEvents),
        recordings.Average(recording => recording.Cost.Spikes),
        recordings.Average(recording => recording.Cost.SynapticOperations),
        recordings.Average(recording => recording.Cost.DenseOperations),
        recordings.Min(recording => recording.Cost.SynapticOperations),
        recordings.Max(recording => recording.Cost.SynapticOperations));
}
