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
        Tensor postAfterPre = FollowingTraces(deviations, rule.PreTimeConstant), preAfterPost = FollowingTraces(deviations, rule.PostTimeConstant).t();

        state.Potential.mul_(rule.PotentialMemory.Rooted()).add_(postAfterPre, alpha: (1 - rule.PotentialMemory).Rooted());
        state.Usage.mul_(rule.UsageMemory.Rooted()).add_(topology * interWeights.sigmoid() * postAfterPre, alpha: (1 - rule.UsageMemory).Rooted());

        Tensor change = postAfterPre.mul(rule.Potentiation.Rooted()) - preAfterPost.mul(rule.Depression.Rooted());
        interWeights.add_(change * topology, alpha: rule.LearningRate.Rooted()).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
    }

    /// <summary>Pearson's correlation, over samples and steps, of each column with the trace of each a step before: [following, leading].</summary>
    private static Tensor FollowingTraces(Tensor deviations, double timeConstant)
    {
        long steps = deviations.shape[0], columns = deviations.shape[2];
        Tensor following = deviations.narrow(0, 1, steps - 1).reshape(-1, columns);
        Tensor leading = Traces(deviations, timeConstant).narrow(0, 0, steps - 1).reshape(-1, columns);
        Tensor sizes = Size(following).outer(Size(leading));
        // A silent column's deviations are 0, and so are its correlations.
        return following.t().matmul(leading) / sizes.clamp_min(1e-12.Rooted());
    }

    /// <summary>
    /// x[t] = exp(-1/τ) · x[t-1] + rate[t], x before the first step being 0, of all steps at once: a product with exp(-(t - s)/τ), s ≤ t.
    /// </summary>
    private static Tensor Traces(Tensor rates, double timeConstant)
    {
        Tensor step = ones(rates.shape[0], float32, rates.device).cumsum(0);
        Tensor decay = (step.unsqueeze(1) - step).mul((-1 / timeConstant).Rooted()).exp().tril();
        return decay.matmul(rates.reshape(rates.shape[0], -1)).view(rates.shape);
    }

    private static Tensor Size(Tensor rates) => (rates * rates).sum(new long[] { 0 }).sqrt();
}
