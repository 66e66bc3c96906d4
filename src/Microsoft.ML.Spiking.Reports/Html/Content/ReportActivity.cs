namespace Microsoft.ML.Spiking;

/// <summary>Spikes and membranes of single samples, of as many neurons as a raster can show.</summary>
/// <param name="Columns">Cortical columns.</param>
/// <param name="NeuronsPerColumn">Neurons of each.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Excitatory">The excitatory neurons shown of every column, by number in the column.</param>
/// <param name="Inhibitory">The inhibitory neurons shown of every column.</param>
/// <param name="ExcitatoryThreshold">Membrane potential from which on an excitatory neuron fires; null where it never does.</param>
/// <param name="InhibitoryThreshold">The inhibitory neuron's.</param>
/// <param name="ExcitatoryReset">Membrane potential of an excitatory neuron after a spike.</param>
/// <param name="InhibitoryReset">The inhibitory neuron's.</param>
/// <param name="Recordings">A recording for each sample.</param>
internal sealed record ReportActivity(
    int Columns, int NeuronsPerColumn, int Steps, int[] Excitatory, int[] Inhibitory,
    float? ExcitatoryThreshold, float? InhibitoryThreshold, float ExcitatoryReset, float InhibitoryReset, IReadOnlyList<ReportRecording> Recordings)
{
    private const int MostNeurons = 1024, MostCells = 100_000;   // of a raster; [neuron, step] of a recording

    public static ReportActivity Of(SpikingModel model, ScoredData scored, SpikingReportOptions options, Func<ScoredSample, int> show)
    {
        SpikingNetworkOptions network = model.Options;
        int steps = model.Input.Steps ?? network.TimeSteps;
        double share = Math.Min(1, Math.Min(MostNeurons, (double)MostCells / steps) / ((double)network.Columns * network.NeuronsPerColumn));
        int[] excitatory = Thinned(0, network.ExcitatoryNeurons, share), inhibitory = Thinned(network.ExcitatoryNeurons, network.NeuronsPerColumn, share);
        var recorder = new SpikeRecorder(model);
        return new ReportActivity(
            network.Columns, network.NeuronsPerColumn, steps, excitatory, inhibitory, Finite(network.Excitatory.Threshold), Finite(network.Inhibitory.Threshold),
            network.Excitatory.Reset, network.Inhibitory.Reset,
            [.. Chosen(scored, options.RecordedSamples).Select(sample => ReportRecording.Of(show(sample), sample.Record(recorder, model.Input), [.. excitatory, .. inhibitory]))]);
    }

    /// <summary>One of each class, as far as there is room, and a few that went wrong.</summary>
    private static IEnumerable<ScoredSample> Chosen(ScoredData scored, int count)
    {
        ScoredSample[] wrong = [.. scored.Wrong.Take(count / 4)];
        ScoredSample[] right = [.. scored.Cells.Where(cell => cell.Key.Truth == cell.Key.Guess).OrderBy(cell => cell.Key.Truth).Select(cell => cell.Value[0]).Take(count - wrong.Length)];
        return right.Concat(wrong).Concat(scored.First).Distinct().Take(count);
    }

    private static int[] Thinned(int first, int end, double share)
    {
        int all = end - first, kept = Math.Min(all, (int)Math.Ceiling(all * share));
        return [.. Enumerable.Range(0, kept).Select(i => first + i * all / kept)];
    }

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}
