using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="CorrelationStdp"/> on tensors; nothing in it waits for the device.</summary>
internal static class CorrelationStdpStep
{
    // Below any deviation of a rate, which is a share of neurons and samples.
    private const double LeastSize = 1e-6;

    /// <summary>What a training batch teaches the connections between columns.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Potential, usage and motion; changed in place.</param>
    /// <param name="rates">The columns' signed rates, [time, batch, column].</param>
    /// <param name="interWeights">Weights between columns, [post, pre]; changed in place.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    /// <param name="heard">How much each column hears of each other, [post, pre].</param>
    public static void Learn(this CorrelationStdp rule, PlasticityState state, Tensor rates, Tensor interWeights, Tensor topology, Tensor heard)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor correlations = FollowingTraces(rule, state, rates - rates.mean([1], keepdim: true));
        Tensor preAfterPost = correlations[0], postAfterPre = correlations[1];

        state.Potential.lerp_(postAfterPre, state.Number(1 - rule.PotentialMemory));
        state.Usage.mul_(rule.UsageMemory.Rooted()).addcmul_(heard, postAfterPre, (1 - rule.UsageMemory).Rooted());

        Tensor learnt = interWeights.addcmul(postAfterPre, topology, (rule.LearningRate * rule.Potentiation).Rooted())
            .addcmul_(preAfterPost, topology, (-rule.LearningRate * rule.Depression).Rooted()).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
        state.Move(interWeights, learnt, topology);
    }

    /// <summary>
    /// Pearson's correlations, over samples and steps, of columns with the traces of others a step before, [2, post, pre]: of the trace of post, with the
    /// postsynaptic time constant, with pre; and of post with the trace of pre.
    /// </summary>
    private static Tensor FollowingTraces(CorrelationStdp rule, PlasticityState state, Tensor deviations)
    {
        long steps = deviations.shape[0], batch = deviations.shape[1], columns = deviations.shape[2], pairs = (steps - 1) * batch;
        // Traces of post, what follows a step later, and traces of pre, one under the other.
        Tensor all = state.Constant((rule.PreTimeConstant, rule.PostTimeConstant, steps), () => Fading(rule, (int)steps, deviations.device))
            .matmul(deviations.view(steps, -1)).view(3, pairs, columns);
        // A silent column's deviations are 0, and so are its correlations.
        all.div_(all.norm(1, keepdim: true, 2).clamp_min_(LeastSize.Rooted()));
        return all.narrow(0, 0, 2).transpose(1, 2).bmm(all.narrow(0, 1, 2));
    }

    /// <summary>
    /// x[t] = exp(-1/τ) · x[t-1] + rate[t], x before the first step being 0, of all steps but the last at once: a product with exp(-(t - s)/τ), s ≤ t. Of
    /// the postsynaptic time constant, then rate[t+1] itself, then of the presynaptic one: [3 · (step - 1), step].
    /// </summary>
    private static Tensor Fading(CorrelationStdp rule, int steps, Device device)
    {
        IEnumerable<float> Of(double timeConstant) => Rows((t, s) => s <= t ? (float)Math.Exp((s - t) / timeConstant) : 0);
        IEnumerable<float> Rows(Func<int, int, float> entry) => Enumerable.Range(0, (steps - 1) * steps).Select(i => entry(i / steps, i % steps));
        float[] products = [.. Of(rule.PostTimeConstant), .. Rows((t, s) => s == t + 1 ? 1 : 0), .. Of(rule.PreTimeConstant)];
        return tensor(products, [3 * (steps - 1), steps], device: device);
    }
}
