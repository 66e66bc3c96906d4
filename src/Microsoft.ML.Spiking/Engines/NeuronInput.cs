using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>What makes a layer's neurons' currents out of its inputs.</summary>
/// <param name="Weights">[set, synapse]: a set of weights for each neuron, or for each channel's.</param>
/// <param name="Bias">A constant current of each neuron, or of a channel's, [set]; empty where there is none.</param>
internal sealed record NeuronInput(float[] Weights, float[] Bias)
{
    /// <summary>What normalised currents come to once the mean and variance do not change any more: other weights, and a bias.</summary>
    /// <param name="weights">The weights before, [set, synapse].</param>
    /// <param name="scale">Of the normalised currents, [set].</param>
    /// <param name="shift">[set].</param>
    /// <param name="mean">Of the currents before, [set].</param>
    /// <param name="variance">[set].</param>
    public static NeuronInput Folded(float[] weights, float[] scale, float[] shift, float[] mean, float[] variance)
    {
        int inputs = weights.Length / scale.Length;
        (float[] folded, float[] bias) = (new float[weights.Length], new float[scale.Length]);
        for (int neuron = 0; neuron < scale.Length; neuron++)
        {
            float factor = scale[neuron] / MathF.Sqrt(variance[neuron] + NormalisationKernel.Epsilon);
            Elementwise.Multiply(weights.AsSpan(neuron * inputs, inputs), factor, folded.AsSpan(neuron * inputs, inputs));
            bias[neuron] = shift[neuron] - factor * mean[neuron];
        }
        return new NeuronInput(folded, bias);
    }
}
