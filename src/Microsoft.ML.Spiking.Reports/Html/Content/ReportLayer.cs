namespace Microsoft.ML.Spiking;

/// <summary>What a report shows of one layer.</summary>
/// <param name="Activity">Spikes and membranes of single samples.</param>
/// <param name="Rates">Spike rates of neurons and columns.</param>
/// <param name="Topology">The connections between the columns over training; null where the layer has none.</param>
/// <param name="Fields">What neurons look for in an image; null where they see none.</param>
internal sealed record ReportLayer(ReportActivity Activity, ReportRates Rates, ReportTopology? Topology, ReportFields? Fields)
{
    /// <param name="model">The network.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="shown">What the network did with samples that are shown, and their places among the report's samples.</param>
    /// <param name="measured">What it did with those that rates are measured on.</param>
    /// <param name="options">How much is shown.</param>
    public static ReportLayer Of(SpikingModel model, int layer, (int Sample, SpikeRecording Recording)[] shown, SpikeRecording[] measured,
        SpikingReportOptions options) => new(
        ReportActivity.Of(model.Steps,
            [.. shown.Select(sample => (sample.Sample, (IReadOnlyList<float>)sample.Recording.Score, sample.Recording.Layers[layer]))]),
        ReportRates.Of(model.Layers[layer], [.. measured.Select(recording => recording.Layers[layer])]),
        model.Layers[layer].Layer.Nodes > 0 ? ReportTopology.Of(model, layer) : null,
        layer == 0 ? ReportFields.Of(model, options) : null);
}
