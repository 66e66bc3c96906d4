namespace Microsoft.ML.Spiking;

/// <summary>All that a report shows, as its page reads it. What a network does not have is null.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Summary">What was measured, and facts about network and training.</param>
/// <param name="Epochs">Training, an entry an epoch.</param>
/// <param name="Confusion">Who was taken for whom.</param>
/// <param name="Samples">Every sample that the report shows somewhere; other parts name them by their place here.</param>
/// <param name="Grid">Samples of the grid of predictions.</param>
/// <param name="Reliability">Whether scores mean what they say; null where no row has a label.</param>
/// <param name="Layers">What each layer does and has become.</param>
/// <param name="Cost">What a prediction costs.</param>
/// <param name="Curve">How accuracy grows with that; null where no row has a label, or there is no step to leave out.</param>
internal sealed record ReportContent(
    string Title,
    string[] Classes,
    ReportSummary Summary,
    IReadOnlyList<EpochRecord> Epochs,
    ReportConfusion? Confusion,
    ReportSamples Samples,
    ReportGrid Grid,
    IReadOnlyList<ReliabilityBin>? Reliability,
    IReadOnlyList<ReportLayer> Layers,
    ReportCost Cost,
    ReportCurve? Curve)
{
    public static ReportContent Of(SpikingNetworkTransformer network, IDataView data, SpikingReportOptions options)
    {
        SpikingModel model = network.Model;
        ScoredData scored = ScoredData.Read(network, data, options);
        var shown = new List<ScoredSample>();
        int Show(ScoredSample sample)
        {
            int place = shown.IndexOf(sample);
            if (place < 0) shown.Add(sample);
            return place < 0 ? shown.Count - 1 : place;
        }

        var recorder = new SpikeRecorder(model);
        (int Sample, SpikeRecording Recording)[] recorded =
            [.. Chosen(scored, options.RecordedSamples).Select(sample => (Show(sample), sample.Record(recorder, model.Input)))];
        var grid = ReportGrid.Of(scored, options, Show);
        var confusion = ReportConfusion.Of(scored, Show);
        SpikeRecording[] recordings = [.. scored.First.Take(options.CostSamples).Select(sample => sample.Record(recorder, model.Input))];
        return new ReportContent(
            options.Title,
            scored.Classes,
            ReportSummary.Of(model, scored),
            model.Training.History,
            confusion,
            ReportSamples.Of(model.Input, shown),
            grid,
            scored.Labelled == 0 ? null : ReliabilityDiagram.Of(scored.Answers).Bins,
            [.. Enumerable.Range(0, model.Layers.Length).Select(layer => ReportLayer.Of(model, layer, recorded, recordings, options))],
            ReportCost.Of(recordings),
            ReportCurve.Of(network, data, scored, options));
    }

    /// <summary>One of each class, as far as there is room, and a few that went wrong.</summary>
    private static IEnumerable<ScoredSample> Chosen(ScoredData scored, int count)
    {
        ScoredSample[] wrong = [.. scored.Wrong.Take(count / 4)];
        IEnumerable<ScoredSample> found = scored.Cells.Where(cell => cell.Key.Truth == cell.Key.Guess).OrderBy(cell => cell.Key.Truth)
            .Select(cell => cell.Value[0]);
        ScoredSample[] right = [.. found.Take(count - wrong.Length)];
        return right.Concat(wrong).Concat(scored.First).Distinct().Take(count);
    }
}
