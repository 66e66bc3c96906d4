using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>A word over time: the bands that the network hears, the spikes of its neurons, and the probability of each word.</summary>
internal static class WordPicture
{
    private const int Width = 760, Left = 50, Plot = 640, Top = 60, Gap = 34, BandHeight = 4, NeuronHeight = 1, AnswerHeight = 150;

    private const string Ink = "#22313f", Faint = "#8a949c", Paper = "#ffffff";

    private static readonly string[] s_lines = ["#c0392b", "#2471a3", "#1e8449", "#b7950b", "#7d3c98", "#ca6f1e", "#117a65", "#566573", "#d35400", "#5b2c6f"];

    /// <param name="path">The file.</param>
    /// <param name="word">What is said.</param>
    /// <param name="inputs">What the network heard, [step, input].</param>
    /// <param name="spikes">What its neurons did.</param>
    /// <param name="scores">The probabilities after each step, [step][class].</param>
    /// <param name="words">What the classes are called.</param>
    public static void Write(string path, string word, float[] inputs, SpikeRecording spikes, float[][] scores, ImmutableArray<string> words)
    {
        double step = (double)Plot / scores.Length;
        int rows = spikes.Layers.Sum(layer => layer.Columns * layer.NeuronsPerColumn);
        int bandsEnd = Top + MelBands.Count * BandHeight, spikesTop = bandsEnd + Gap, spikesEnd = spikesTop + rows * NeuronHeight, answerTop = spikesEnd + Gap;
        double duration = (double)scores.Length * MelBands.Hop / MelBands.Rate;
        XElement page = Svg.Page(
            Width, answerTop + AnswerHeight + 40,
            Svg.Text(Left, 28, 18, Ink, $"\u201c{word}\u201d as the network hears it"),
            Svg.Text(Left, Top - 8, 12, Faint, "Bands, low at the bottom: red above their average so far, blue below"),
            Bands(inputs, scores.Length, step, bandsEnd),
            Svg.Text(Left, spikesTop - 8, 12, Faint, $"Spikes of its {rows} neurons, the first layer on top"),
            Svg.Rectangle(Left, spikesTop, Plot, rows * NeuronHeight, Paper, 0),
            Spikes(spikes, step, spikesTop),
            Svg.Text(Left, answerTop - 8, 12, Faint, "What it takes the word for, if it ended here"),
            Svg.Rectangle(Left, answerTop, Plot, AnswerHeight, Paper, 0),
            Answers(scores, words, step, answerTop),
            Svg.Text(Left, answerTop + AnswerHeight + 18, 12, Faint, "0 s"),
            Svg.Text(Left + Plot - 40, answerTop + AnswerHeight + 18, 12, Faint, string.Create(CultureInfo.InvariantCulture, $"{duration:F2} s")));
        page.Save(path);
    }

    private static IEnumerable<XElement> Bands(float[] inputs, int steps, double width, int bottom)
    {
        for (int t = 0; t < steps; t++)
        {
            for (int band = 0; band < MelBands.Count; band++)
            {
                float up = inputs[t * SoundInput.Inputs + 2 * band], down = inputs[t * SoundInput.Inputs + 2 * band + 1];
                yield return Svg.Rectangle(Round(Left + t * width), bottom - (band + 1) * BandHeight, width, BandHeight, Shade(up, down), 0);
            }
        }
    }

    private static IEnumerable<XElement> Spikes(SpikeRecording spikes, double width, int top)
    {
        foreach (LayerRecording layer in spikes.Layers)
        {
            for (int column = 0; column < layer.Columns; column++)
                for (int neuron = 0; neuron < layer.NeuronsPerColumn; neuron++)
                    for (int t = 0; t < layer.Steps; t++)
                        if (layer.Fired(t, column, neuron))
                            yield return Svg.Rectangle(
                                Round(Left + t * width), top + (column * layer.NeuronsPerColumn + neuron) * NeuronHeight, Math.Max(2, width / 2), NeuronHeight,
                                neuron < layer.ExcitatoryNeurons ? Ink : s_lines[0], 0);
            top += layer.Columns * layer.NeuronsPerColumn * NeuronHeight;
        }
    }

    private static IEnumerable<XElement> Answers(float[][] scores, ImmutableArray<string> words, double width, int top)
    {
        for (int word = 0; word < words.Length; word++)
        {
            string line = string.Join(" ", scores.Select((score, t)
                => string.Create(CultureInfo.InvariantCulture, $"{Left + (t + 1) * width:F1},{top + AnswerHeight * (1 - score[word]):F1}")));
            bool matters = scores.Any(score => score[word] > 0.3);
            string colour = matters ? s_lines[word % s_lines.Length] : "#d5d8dc";
            yield return new XElement(
                Svg.Space + "polyline", new XAttribute("points", line), new XAttribute("fill", "none"), new XAttribute("stroke", colour),
                new XAttribute("stroke-width", matters ? 2 : 1));
            if (!matters) continue;
            int most = Array.FindIndex(scores, score => score[word] == scores.Max(all => all[word]));
            yield return Svg.Text(Round(Math.Min(Left + most * width, Left + Plot - 40)), Math.Round(top + AnswerHeight * (1 - scores[most][word])) + 14, 12, colour, words[word]);
        }
    }

    private static string Shade(float up, float down)
    {
        (float amount, int red, int green, int blue) = up >= down ? (up, 192, 57, 43) : (down, 36, 113, 163);
        float share = Math.Min(1, 2 * amount);
        return $"#{Mixed(red):x2}{Mixed(green):x2}{Mixed(blue):x2}";
        int Mixed(int colour) => (int)(255 + share * (colour - 255));
    }

    private static double Round(double x) => Math.Round(x, 2);
}
