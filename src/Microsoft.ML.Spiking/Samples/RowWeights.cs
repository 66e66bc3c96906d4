namespace Microsoft.ML.Spiking.Samples;

/// <summary>How much each row counts: its own weight times its class's, scaled to a mean of 1.</summary>
/// <param name="classes">The weight of each class; null where they count alike.</param>
/// <param name="mean">Of weight times class's weight over all rows.</param>
internal sealed class RowWeights(double[]? classes, double mean)
{
    /// <param name="samples">The rows.</param>
    /// <param name="classes">The weight of each class; null where they count alike.</param>
    /// <returns>Null where all count alike, so that such a training is the very one without weights.</returns>
    public static RowWeights? Of(TrainingSamples samples, double[]? classes)
    {
        var tally = new ClassTally();   // adds up as those do who do not hold the rows
        for (int row = 0; row < samples.Count; row++) tally.Add(samples.Labels[row], samples.ExampleWeights[row]);
        return tally.Weights(classes);
    }

    /// <summary>How much a row counts, 1 on the mean of all.</summary>
    /// <param name="samples">Where it is.</param>
    /// <param name="row">Which of them.</param>
    public float Of(TrainingSamples samples, int row) => (float)(samples.ExampleWeights[row] * (classes?[samples.Labels[row]] ?? 1) / mean);

    /// <summary>How much each of some rows counts, [row].</summary>
    public float[] All(TrainingSamples samples)
    {
        var weights = new float[samples.Count];
        for (int row = 0; row < weights.Length; row++) weights[row] = Of(samples, row);
        return weights;
    }
}
