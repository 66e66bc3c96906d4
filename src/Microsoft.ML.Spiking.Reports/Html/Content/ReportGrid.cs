namespace Microsoft.ML.Spiking;

/// <summary>Samples of the grid of predictions, by their places among the report's samples.</summary>
/// <param name="First">The first rows, as they come.</param>
/// <param name="Wrong">Wrong answers.</param>
/// <param name="Unsure">The answers that the network was least sure of.</param>
internal sealed record ReportGrid(int[] First, int[] Wrong, int[] Unsure)
{
    public static ReportGrid Of(ScoredData scored, SpikingReportOptions options, Func<ScoredSample, int> show) => new(
        [.. scored.First.Take(options.GridSamples).Select(show)],
        [.. scored.Wrong.Take(options.GridSamples).Select(show)],
        [.. scored.LeastSure.Select(show)]);
}
