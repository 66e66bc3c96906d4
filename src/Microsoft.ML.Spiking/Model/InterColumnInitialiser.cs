using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Model;

/// <summary>The initial weights between columns: normal, of the layer's deviation.</summary>
internal static class InterColumnInitialiser
{
    private const int Source = 3;

    /// <param name="layer">The layer.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <returns>[post, pre].</returns>
    public static float[] Draw(ColumnLayer layer, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For(Source);
        return [.. Enumerable.Range(0, layer.Columns * layer.Columns).Select(pair => (float)(layer.InterWeightDeviation * random.Normal((ulong)pair)))];
    }
}
