using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="CorrelationStdp"/> on tensors; nothing in it waits for the device.</summary>
internal static class CorrelationStdpStep
{
    /// <summary>What a training batch teaches the connections between columns.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Potential and usage; changed in place.</param>
    /// <param name="rates">The columns' signed rates, [time, batch, column].</param>
    /// <param name="interWeights">Weights between columns, [post, pre]; changed in place.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Learn(this CorrelationStdp rule, PlasticityState state, Tensor rates, Tensor interWeights, Tensor topology)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor deviations = rates - rates.mean([1], keepdim: true);
        Tensor correlations = FollowingTraces(rule, state, deviations), postAfterPre = correlations[0], preAfterPost = correlations[1].t();

        state.Potential.mul_(rule.PotentialMemory.Rooted()).add_(postAfterPre, alpha: (1 - rule.PotentialMemory).Rooted());
        Tensor carried = interWeights.sigmoid().mul_(topology);
        state.Usage.mul_(rule.UsageMemory.Rooted()).addcmul_(carried, postAfterPre, (1 - rule.UsageMemory).Rooted());

        interWeights.addcmul_(postAfterPre, topology, (rule.LearningRate * rule.Potentiation).Rooted())
            .addcmul_(preAfterPost, topology, (-rule.LearningRate * rule.Depression).Rooted()).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
    }

    /// <summary>
    /// Pearson's correlation, over samples and steps, of each column with the trace of each a step before, once with the presynaptic trace's time constant and
    /// once with the postsynaptic one's: [2, following, leading].
    /// </summary>
    private static Tensor FollowingTraces(CorrelationStdp rule, PlasticityState state, Tensor deviations)
    {
        long steps = deviations.shape[0], batch = deviations.shape[1], columns = deviations.shape[2], pairs = (steps - 1) * batch;
        Tensor traces = state.Constant((rule.PreTimeConstant, rule.PostTimeConstant, steps), () => Fading(rule, steps, deviations.device))
            .matmul(deviations.reshape(steps, -1)).view(2, steps * batch, columns);
        Tensor following = deviations.reshape(-1, columns).narrow(0, batch, pairs), leading = traces.narrow(1, 0, pairs);
        Tensor sizes = Size(following).unsqueeze(1) * Size(leading).unsqueeze(1);
        // A silent column's deviations are 0, and so are its correlations.
        return following.t().unsqueeze(0).expand(2, -1, -1).bmm(leading).div_(sizes.clamp_min_(1e-12.Rooted()));
    }

    /// <summary>
    /// x[t] = exp(-1/τ) · x[t-1] + rate[t], x before the first step being 0, of all steps at once: a product with exp(-(t - s)/τ), s ≤ t. Of both time
    /// constants, one under the other: [2 · step, step].
    /// </summary>
    private static Tensor Fading(CorrelationStdp rule, long steps, Device device)
    {
        Tensor step = ones(steps, float32, device).cumsum(0), since = step.unsqueeze(1) - step;
        Tensor Of(double timeConstant) => since.mul((-1 / timeConstant).Rooted()).exp().tril();
        return cat([Of(rule.PreTimeConstant), Of(rule.PostTimeConstant)]);
    }

    /// <summary>Euclidean norms over the rows.</summary>
    private static Tensor Size(Tensor rates) => rates.norm(-2, keepdim: false, 2);
}
