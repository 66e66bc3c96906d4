using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Model;

/// <summary>The initial weights of a convolution layer: Kaiming normal, fan-in, for ReLU (He et al. 2015), times the layer's gain.</summary>
internal static class ConvolutionInitialiser
{
    private const int Source = 0;

    /// <param name="layer">The layer.</param>
    /// <param name="synapses">Synapses of each neuron.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <returns>[channel, input channel, kernel row, kernel column].</returns>
    public static float[] Draw(ConvolutionLayer layer, int synapses, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For(Source);
        double deviation = layer.Gain * Math.Sqrt(2.0 / synapses);
        return [.. Enumerable.Range(0, layer.Channels * synapses).Select(i => (float)(deviation * random.Normal((ulong)i)))];
    }
}
