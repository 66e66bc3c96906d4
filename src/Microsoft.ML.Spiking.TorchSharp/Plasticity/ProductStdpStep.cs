using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="ProductStdp"/> on tensors; nothing in it waits for the device.</summary>
internal static class ProductStdpStep
{
    /// <summary>What a training batch teaches the connections between columns, by its mean rates.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Traces, potential and usage; changed in place.</param>
    /// <param name="rates">The columns' signed rates, means over the batch, [time, column].</param>
    /// <param name="accumulated">The neurons' accumulated spikes, [batch, column, neuron].</param>
    /// <param name="interWeights">Weights between columns, [post, pre]; changed in place.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Learn(this ProductStdp rule, PlasticityState state, Tensor rates, Tensor accumulated, Tensor interWeights, Tensor topology)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long steps = rates.shape[0];
        Tensor spikeRate = accumulated.abs().mean().div(((double)steps).Rooted());
        Tensor factor = (state.TargetRate / spikeRate.add(1e-6.Rooted(), One)).clamp(rule.MinimumRateFactor.Rooted(), rule.MaximumRateFactor.Rooted());
        Tensor learningRate = factor.mul(rule.LearningRate.Rooted());
        // The first step is left out: nothing has reached the membranes before it.
        for (long pre = 1; pre < steps - 1; pre += rule.Interval)
        {
            Tensor change = rule.Present(state, rates[pre], rates[pre + 1], interWeights, topology);
            interWeights.add_(learningRate * change * topology, One).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
        }
    }

    /// <summary>One presentation: the traces take it in, and Δw of every pair comes out, [post, pre].</summary>
    public static Tensor Present(this ProductStdp rule, PlasticityState state, Tensor pre, Tensor post, Tensor interWeights, Tensor topology)
    {
        state.Potential.mul_(rule.PotentialMemory.Rooted()).add_(post.outer(pre), alpha: (1 - rule.PotentialMemory).Rooted());
        state.Usage.mul_(rule.UsageMemory.Rooted()).add_(topology * interWeights.abs(), alpha: (1 - rule.UsageMemory).Rooted());
        state.PreTrace.mul_(Math.Exp(-1 / rule.PreTimeConstant).Rooted()).add_(pre, One);
        state.PostTrace.mul_(Math.Exp(-1 / rule.PostTimeConstant).Rooted()).add_(post, One);
        Tensor potentiation = post.outer(state.PreTrace).mul(rule.Potentiation.Rooted());
        Tensor depression = state.PostTrace.outer(pre).mul(rule.Depression.Rooted());
        return potentiation - depression;
    }
}
