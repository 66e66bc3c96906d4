namespace Microsoft.ML.Spiking.Samples;

/// <summary>How much each row counts: its own weight times its class's, scaled to a mean of 1.</summary>
internal static class RowWeights
{
    /// <param name="samples">The rows.</param>
    /// <param name="classes">The weight of each class; null where they count alike.</param>
    /// <returns>[row]; null where all count alike, so that such a training is the very one without weights.</returns>
    public static float[]? Of(TrainingSamples samples, double[]? classes)
    {
        double[] weights = [.. samples.ExampleWeights.Select((weight, row) => weight * (classes?[samples.Labels[row]] ?? 1))];
        if (!weights.AsSpan().ContainsAnyExcept(weights[0])) return null;
        double mean = weights.Average();
        return [.. weights.Select(weight => (float)(weight / mean))];
    }
}
