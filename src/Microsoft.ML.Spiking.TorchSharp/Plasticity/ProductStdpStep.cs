using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="ProductStdp"/> on tensors, all presentations of a batch at once; nothing in it waits for the device.</summary>
internal static class ProductStdpStep
{
    /// <summary>What a training batch teaches the connections between columns, by its mean rates.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Traces, potential and usage; changed in place.</param>
    /// <param name="rates">The columns' signed rates, means over the batch, [time, column].</param>
    /// <param name="spikeRate">The neurons' mean rate, a scalar.</param>
    /// <param name="interWeights">Weights between columns, [post, pre]; changed in place.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Learn(this ProductStdp rule, PlasticityState state, Tensor rates, Tensor spikeRate, Tensor interWeights, Tensor topology)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long steps = rates.shape[0];
        if (steps < 3) return;
        Tensor factor = (state.TargetRate / spikeRate.add(1e-6.Rooted(), One)).clamp_(rule.MinimumRateFactor.Rooted(), rule.MaximumRateFactor.Rooted());
        Tensor learningRate = factor.mul_(rule.LearningRate.Rooted());
        // The first step is left out: nothing has reached the membranes before it.
        Tensor changes = rule.Present(state, rates.slice(0, 1, steps - 1, rule.Interval), rates.slice(0, 2, steps, rule.Interval));
        changes.mul_(learningRate * topology);
        var before = new Tensor[changes.shape[0]];
        Tensor now = interWeights;
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = now;
            now = now.add(changes[i], One).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
        }
        rule.Use(state, stack(before), topology);
        interWeights.copy_(now);
    }

    /// <summary>Presentations, one after the other: traces and potential take them in, and Δw of every pair comes out, [presentation, post, pre].</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Traces and potential; changed in place.</param>
    /// <param name="pre">The columns' rates, [presentation, column].</param>
    /// <param name="post">Those of the step after, [presentation, column].</param>
    public static Tensor Present(this ProductStdp rule, PlasticityState state, Tensor pre, Tensor post)
    {
        long count = pre.shape[0];
        Tensor preTraces = Traced(state, state.PreTrace, pre, Math.Exp(-1 / rule.PreTimeConstant));
        Tensor postTraces = Traced(state, state.PostTrace, post, Math.Exp(-1 / rule.PostTimeConstant));
        double memory = rule.PotentialMemory, left = Math.Pow(memory, count);
        state.Potential.addmm_(post.t(), pre * state.Constant((memory, count), () => Weights(memory, count, pre.device)).unsqueeze(1), (float)left, 1);
        Tensor potentiation = (post.unsqueeze(2) * preTraces.unsqueeze(1)).mul_(rule.Potentiation.Rooted());
        return potentiation.addcmul_(postTraces.unsqueeze(2), pre.unsqueeze(1), (-rule.Depression).Rooted());
    }

    /// <summary>The usage takes in what the connections were at each presentation.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Its usage; changed in place.</param>
    /// <param name="interWeights">[presentation, post, pre].</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Use(this ProductStdp rule, PlasticityState state, Tensor interWeights, Tensor topology)
    {
        long count = interWeights.shape[0];
        double memory = rule.UsageMemory;
        Tensor weights = state.Constant((memory, count), () => Weights(memory, count, interWeights.device));
        Tensor used = weights.unsqueeze(0).matmul(interWeights.abs().view(count, -1)).view_as(topology);
        state.Usage.mul_(Math.Pow(memory, count).Rooted()).addcmul_(topology, used, One);
    }

    /// <summary>A trace after each presentation, x ← decay · x + rate, [presentation, column]; the trace itself becomes the last.</summary>
    private static Tensor Traced(PlasticityState state, Tensor trace, Tensor rates, double decay)
    {
        long count = rates.shape[0];
        // [presentation, 1 + presentation]: first what is left of the trace, then of the presentations up to this one.
        Tensor fading = state.Constant((decay, count, nameof(Traced)), () => tensor(
            [.. from row in Enumerable.Range(0, (int)count)
                from of in Enumerable.Range(0, (int)count + 1)
                select of <= row + 1 ? (float)Math.Pow(decay, row + 1 - of) : 0],
            [count, count + 1], device: rates.device));
        Tensor traces = fading.matmul(cat([trace.unsqueeze(0), rates]));
        trace.copy_(traces[count - 1]);
        return traces;
    }

    /// <summary>What each presentation counts in a running mean when all have been taken in, [presentation].</summary>
    private static Tensor Weights(double memory, long count, Device device)
        => tensor([.. Enumerable.Range(0, (int)count).Select(i => (float)((1 - memory) * Math.Pow(memory, count - 1 - i)))], device: device);
}
