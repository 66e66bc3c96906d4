using Microsoft.ML.Spiking.Ground;

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

    /// <param name="steps">Time steps.</param>
    /// <param name="recordings">What it did with samples, and their places among the report's samples.</param>
    public static ReportActivity Of(int steps, (int Sample, IReadOnlyList<float> Score, LayerRecording Recording)[] recordings)
    {
        LayerRecording layer = recordings[0].Recording;
        double share = Math.Min(1, Math.Min(MostNeurons, (double)MostCells / steps) / ((double)layer.Columns * layer.NeuronsPerColumn));
        int[] excitatory = Thinned(0, layer.ExcitatoryNeurons, share), inhibitory = Thinned(layer.ExcitatoryNeurons, layer.NeuronsPerColumn, share);
        (Neuron first, Neuron last) = layer.Types;
        return new ReportActivity(
            layer.Columns, layer.NeuronsPerColumn, steps, excitatory, inhibitory, Reached(first.Threshold), Reached(last.Threshold), first.Reset, last.Reset,
            [.. recordings.Select(recorded => ReportRecording.Of(recorded.Sample, recorded.Score, recorded.Recording, [.. excitatory, .. inhibitory]))]);
    }

    private static int[] Thinned(int first, int end, double share)
    {
        int all = end - first, kept = Math.Min(all, (int)Math.Ceiling(all * share));
        return [.. Enumerable.Range(0, kept).Select(i => first + i * all / kept)];
    }

    /// <summary>A threshold as high as one may be switches a neuron off, and would make its picture flat.</summary>
    private static float? Reached(float threshold) => threshold < Require.Most ? threshold : null;
}
