namespace Microsoft.ML.Spiking;

/// <summary>The initial weights between columns: normal, of the options' deviation.</summary>
internal static class InterColumnInitialiser
{
    private const int Source = 3;

    /// <param name="options">The network.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <returns>[post, pre].</returns>
    public static float[] Draw(SpikingNetworkOptions options, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For(Source);
        return [.. Enumerable.Range(0, options.Columns * options.Columns).Select(pair => (float)(options.InterWeightDeviation * random.Normal((ulong)pair)))];
    }
}
