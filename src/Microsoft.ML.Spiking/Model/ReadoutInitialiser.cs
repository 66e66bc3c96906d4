using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Model;

/// <summary>The readout's weights before training, PyTorch's default for a linear layer: weights and biases uniform within ±1/√inputs.</summary>
internal static class ReadoutInitialiser
{
    private const int HiddenSource = 1, OutputSource = 2;

    /// <summary>Of the hidden layer, [hidden, neuron], and its biases.</summary>
    public static (float[] Weights, float[] Bias) Hidden(int units, int neurons, int seed) => Draw(units, neurons, seed, HiddenSource);

    /// <summary>Of the output layer, [class, hidden or neuron], and its biases.</summary>
    public static (float[] Weights, float[] Bias) Output(int classes, int inputs, int seed) => Draw(classes, inputs, seed, OutputSource);

    private static (float[] Weights, float[] Bias) Draw(int outputs, int inputs, int seed, int source)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For((ulong)source);
        double bound = 1 / Math.Sqrt(inputs);
        float[] Uniform(int count, ulong first)
        {
            var values = new float[count];
            for (int i = 0; i < count; i++) values[i] = (float)(bound * (2 * random.Uniform(first + (ulong)i) - 1));
            return values;
        }
        return (Uniform(outputs * inputs, 0), Uniform(outputs, (ulong)outputs * (ulong)inputs));
    }
}
