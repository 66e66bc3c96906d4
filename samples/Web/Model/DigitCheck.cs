namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Tells digits from scribbles, letters and filled paper, which a network that knows digits alone takes for one of them, and often is sure of it.</summary>
/// <remarks>
/// What the network has learnt to see drives it; ink in other places holds it back. So a scribble is told less by the scores than by how little the network fires for so much ink.
/// The README says how often this errs; DigitCheckTests measures it.
/// </remarks>
internal static class DigitCheck
{
    /// <summary>The least evidence that a digit is taken for one: of training digits that a network was not trained on, one in a hundred has less.</summary>
    public const double Threshold = 0.3;

    /// <summary>Ink of a digit, as a share of the picture: the mean of MNIST's.</summary>
    private const double UsualInk = 0.13;

    private static readonly string[] s_digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>Whether a network can be asked so: one that reads digits, and whose record says how much it fired for them.</summary>
    public static bool Suits(SpikingModel model, IReadOnlyCollection<string> classes) => model.Training.SpikeRate > 0 && s_digits.Order().SequenceEqual(classes.Order());

    /// <summary>
    /// How much speaks for a digit: the best score, times what the network fired for the ink, as a multiple of what it fires for a digit's.
    /// 1 of a usual digit that it is certain of, 0 of empty paper.
    /// </summary>
    /// <param name="pixels">What the network saw, 0 to 1.</param>
    /// <param name="spikes">What it did.</param>
    /// <param name="usualRate">Spikes per neuron and step in training.</param>
    public static double Evidence(float[] pixels, SpikeRecording spikes, double usualRate)
    {
        double ink = pixels.Average();
        double rate = spikes.Layers.SelectMany(layer => layer.SpikeCount, (layer, count) => (double)count / (layer.NeuronsPerColumn * layer.Steps)).Average();
        return ink == 0 ? 0 : spikes.Score.Max() * (rate / usualRate) / (ink / UsualInk);
    }
}
