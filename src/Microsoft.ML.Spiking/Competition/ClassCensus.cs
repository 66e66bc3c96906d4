using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Asks a layer that has learnt which classes its neurons fire for: the only place where labels count.</summary>
/// <param name="ClassSpikes">Mean spikes in a row of each class, [neuron, class].</param>
/// <param name="ClassShares">Each class's share of the rows that have one.</param>
internal sealed record ClassCensus(float[] ClassSpikes, float[] ClassShares)
{
    private const int RowsAtOnce = 2048;

    /// <param name="scorer">The layer.</param>
    /// <param name="neurons">Its neurons.</param>
    /// <param name="samples">The rows; the label of one that has none is below 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="check">Throws where the training is cancelled.</param>
    public static ClassCensus Of(CompetitiveScorer scorer, int neurons, IntensitySamples samples, int classes, Action check)
    {
        int[] labelled = [.. Enumerable.Range(0, samples.Count).Where(row => samples.Labels[row] >= 0)];
        // Whole numbers: in whatever order threads add them, they come to the same.
        var spikes = new long[neurons * classes];
        foreach (int[] block in labelled.Chunk(RowsAtOnce))
        {
            check();
            Parallel.ForEach(block, () => new float[samples.Width], (row, _, features) =>
            {
                samples.CopyTo(row, features.AsSpan());
                scorer.Run(features, counts =>
                {
                    for (int neuron = 0; neuron < counts.Length; neuron++)
                        if (counts[neuron] > 0) Interlocked.Add(ref spikes[neuron * classes + samples.Labels[row]], counts[neuron]);
                });
                return features;
            }, _ => { });
        }
        var rowsOf = new int[classes];
        foreach (int row in labelled) rowsOf[samples.Labels[row]]++;
        return new ClassCensus(
            [.. spikes.Select((count, i) => rowsOf[i % classes] > 0 ? count / (float)rowsOf[i % classes] : 0)],
            [.. rowsOf.Select(count => count / (float)labelled.Length)]);
    }
}
