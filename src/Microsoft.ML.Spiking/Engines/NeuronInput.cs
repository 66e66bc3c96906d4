using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>What makes a layer's neurons' currents out of its inputs.</summary>
/// <param name="Weights">[column, neuron, input].</param>
/// <param name="Bias">A constant current of each neuron, [column, neuron]; empty where there is none.</param>
internal sealed record NeuronInput(float[] Weights, float[] Bias)
{
    /// <summary>What normalised currents come to once the mean and variance do not change any more: other weights, and a bias.</summary>
    /// <param name="weights">The weights before, [column, neuron, input].</param>
    /// <param name="scale">Of the normalised currents, [column, neuron].</param>
    /// <param name="shift">[column, neuron].</param>
    /// <param name="mean">Of the currents before, [column, neuron].</param>
    /// <param name="variance">[column, neuron].</param>
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
