using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>The seed that a layer is drawn from: the network's own for the first, and one that it makes for each that follows.</summary>
internal static class LayerSeed
{
    private const int Source = 8;

    public static int Of(int seed, int layer) => layer == 0 ? seed : (int)(CounterRandom.FromSeed(seed).For(Source).Bits((ulong)layer) >> 33);
}
