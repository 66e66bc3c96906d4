using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary><see cref="SpikeCode"/> and <see cref="EvaluationCode"/> on tensors.</summary>
internal static class SpikeCodeTensors
{
    /// <summary>The probability that each input spikes in a training step, [batch, input].</summary>
    public static Tensor Probability(this SpikeCode code, Standardisation standardisation, Tensor features, Tensor? inputScale)
    {
        Tensor x = features.sub(((double)standardisation.Offset).Rooted()).div(((double)standardisation.Unit).Rooted());
        Tensor share = code switch
        {
            IntensityCode => x.clamp(0.0.Rooted(), 1.0.Rooted()),
            SigmoidCode => (x * inputScale!).sigmoid(),
            _ => throw new NotSupportedException($"{code.GetType().Name} has no form on tensors."),
        };
        return share.mul(code.MaximumProbability.Rooted());
    }

    /// <summary>The input of every time step in evaluation, [batch, input].</summary>
    public static Tensor Encode(this EvaluationCode code, Tensor probabilities)
    {
        if (code is not DeterministicCode deterministic) return probabilities;
        // A stable sort, so that of equals the first come first.
        var (_, order) = sort(probabilities, dim: 1, descending: true, stable: true);
        Tensor first = order.narrow(1, 0, deterministic.Count((int)probabilities.shape[1]));
        Tensor chosen = zeros_like(probabilities).scatter_(1, first, ones_like(first, dtype: float32));
        return chosen * probabilities.gt(deterministic.MinimumProbability.Rooted());
    }
}
