using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>One neuron's membrane potential over time, its threshold and its spikes.</summary>
internal static class MembranePicture
{
    private const double Left = 84;
    private const double SpikesHeight = 26;

    public static SvgPicture Draw(LayerRecording recording, int column, int neuron)
    {
        Neuron constants = recording.Neuron(neuron);
        bool isExcitatory = neuron < recording.ExcitatoryNeurons;
        string look = isExcitatory ? "excitatory" : "inhibitory";
        int[] steps = [.. Enumerable.Range(0, recording.Steps)];
        float[] membrane = [.. steps.Select(step => recording.Membrane(step, column, neuron))];
        int[] spikes = [.. steps.Where(step => recording.Fired(step, column, neuron))];

        float[] threshold = [.. steps.Select(step => recording.Threshold(step, column, neuron)).Where(float.IsFinite)];
        double largest = membrane.Concat(threshold).Append(constants.Reset).Max(), smallest = Math.Min(0, membrane.Append(constants.Reset).Min());
        var chart = new Chart(Left, SvgPicture.Top + SpikesHeight, SvgPicture.Width - SvgPicture.Margin - Left, 250,
            Axis.Count("time step", 0, recording.Steps - 1, 10), Axis.Around("membrane potential", smallest, largest, 5));
        return new SvgPicture(
            $"Membrane of neuron {neuron} of column {column}",
            $"{(isExcitatory ? "Excitatory" : "Inhibitory")}: {Counted(spikes.Length)} in {recording.Steps} steps; a membrane that reaches the threshold "
                + $"fires and falls to {Svg.Number(constants.Reset)}",
            chart.Bottom + 48,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ($"{look}-line curve", "membrane"),
                ("ink-line dashed", recording.ThresholdsMove ? "threshold" : $"threshold {Svg.Number(constants.Threshold)}"), ("ink", "spike")),
            chart.Frame(),
            threshold.Length < steps.Length ? null : recording.ThresholdsMove ? Moving(chart, threshold) : chart.Level("ink-line dashed", constants.Threshold),
            Svg.Curve($"{look}-line curve", Trace(chart, membrane, spikes, constants.Reset)),
            Spikes(chart, spikes));
    }

    /// <summary>
    /// Steps are whole: the potential changes in each of them and not between, so that it crosses the threshold where the neuron fires, and nowhere else.
    /// </summary>
    private static IEnumerable<(double X, double Y)> Trace(Chart chart, float[] membrane, int[] spikes, float reset)
    {
        float before = 0;
        for (int step = 0; step < membrane.Length; step++)
        {
            bool fired = Array.BinarySearch(spikes, step) >= 0;
            yield return chart.At(step, before);
            yield return chart.At(step, membrane[step]);
            if (fired) yield return chart.At(step, reset);
            before = fired ? reset : membrane[step];
        }
    }

    /// <summary>A threshold that moves, in steps as the membrane does.</summary>
    private static XElement Moving(Chart chart, float[] threshold)
        => Svg.Curve("ink-line dashed",
            threshold.SelectMany((value, step) => ((double X, double Y)[])[chart.At(Math.Max(0, step - 1), value), chart.At(step, value)]));

    private static XElement? Spikes(Chart chart, int[] spikes)
    {
        if (spikes.Length == 0) return null;
        var marks = new Marks();
        foreach (int step in spikes) marks.Add(chart.X(step) - 1.25, chart.Top - SpikesHeight + 2, 2.5, 14);
        return Svg.Path("ink", marks.ToString());
    }

    private static string Counted(int spikes) => spikes == 1 ? "1 spike" : $"{spikes} spikes";
}
