using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Model;

/// <summary>The initial weights from inputs to neurons: Kaiming normal, fan-in, for ReLU (He et al. 2015), times the neurons' gain.</summary>
/// <remarks>
/// Those of a <see cref="Reservoir"/> are not trained, so they may lie on a <see cref="WeightGrid"/>, which makes all engines' currents equal to the bit.
/// Rounding moves a weight by half a per cent of the weights' deviation: another random matrix, no worse than the first.
/// </remarks>
internal static class ColumnInitialiser
{
    private const int Source = 0;

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="fields">What each column sees, and weighs; null where all of it.</param>
    /// <returns>[column, neuron, input], of each column the excitatory neurons first.</returns>
    public static float[] Draw(ColumnLayer layer, int inputs, int seed, ReceptiveFields? fields = null)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For(Source);
        double deviation = Math.Sqrt(2.0 / (fields?.FanIn ?? inputs));
        var weights = new float[layer.Columns * layer.NeuronsPerColumn * inputs];
        Parallel.For(0, layer.Columns * layer.NeuronsPerColumn, neuron =>
        {
            bool excitatory = neuron % layer.NeuronsPerColumn < layer.ExcitatoryNeurons;
            double gain = deviation * (excitatory ? layer.ExcitatoryGain : -layer.InhibitoryGain);
            for (int i = neuron * inputs; i < (neuron + 1) * inputs; i++) weights[i] = (float)(gain * random.Normal((ulong)i));
            for (int i = 0; i < inputs && fields is not null; i++)
                if (!fields.Sees(neuron / layer.NeuronsPerColumn, i)) weights[neuron * inputs + i] = 0;
            if (layer.Learning is Reservoir) WeightGrid.Round(weights.AsSpan(neuron * inputs, inputs));
        });
        return weights;
    }
}
