using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary><see cref="Kernels.DelayLine"/> on tensors.</summary>
internal static class DelayTensors
{
    /// <summary>What arrives through the synapses of a layer, [time, batch, synapse].</summary>
    /// <param name="layer">The layer, whose synapses have delays.</param>
    /// <param name="input">[time, batch, input], or [batch, input] where it is the same in every step.</param>
    /// <param name="steps">Time steps.</param>
    public static Tensor Delayed(this Layer layer, Tensor input, long steps)
    {
        Tensor shown = input.dim() == 2 ? input.unsqueeze(0).expand(steps, -1, -1) : input;
        Tensor received = zeros([steps, shown.shape[1], layer.Delays.Length * shown.shape[2]], float32, input.device);
        for (int k = 0; k < layer.Delays.Length; k++)
        {
            if (Lasting(layer, k, steps) is not (> 0 and var lasting)) continue;
            received.narrow(0, layer.Delays[k], lasting).narrow(2, k * shown.shape[2], shown.shape[2]).copy_(shown.narrow(0, 0, lasting));
        }
        return received;
    }

    /// <summary>From the gradient by what arrives, [time, batch, synapse], to that by what the inputs showed, [time, batch, input].</summary>
    public static Tensor Undelayed(this Layer layer, Tensor received)
    {
        long steps = received.shape[0], inputs = received.shape[2] / layer.Delays.Length;
        Tensor shown = zeros([steps, received.shape[1], inputs], float32, received.device);
        for (int k = 0; k < layer.Delays.Length; k++)
        {
            if (Lasting(layer, k, steps) is not (> 0 and var lasting)) continue;
            shown.narrow(0, 0, lasting).add_(received.narrow(0, layer.Delays[k], lasting).narrow(2, k * inputs, inputs), Native.RootedScalars.One);
        }
        return shown;
    }

    /// <summary>The steps whose input still arrives.</summary>
    private static long Lasting(Layer layer, int delay, long steps) => steps - layer.Delays[delay];
}
