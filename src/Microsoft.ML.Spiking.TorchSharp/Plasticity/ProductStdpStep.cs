using Microsoft.ML.Spiking.Native;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="ProductStdp"/> on tensors, all presentations of a batch at once; nothing in it waits for the device.</summary>
internal static class ProductStdpStep
{
    /// <summary>What a presentation makes of the rates, [row]: post, its trace, pre's trace, pre, and pre as the potential counts it.</summary>
    private const int Made = 5;

    /// <summary>What a training batch teaches the connections between columns, by its mean rates.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Traces, potential, usage and motion; changed in place.</param>
    /// <param name="rates">The columns' signed rates, means over the batch, [time, column].</param>
    /// <param name="spikeRate">The neurons' mean rate, a scalar.</param>
    /// <param name="interWeights">Weights between columns, [post, pre]; changed in place.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Learn(this ProductStdp rule, PlasticityState state, Tensor rates, Tensor spikeRate, Tensor interWeights, Tensor topology)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int steps = (int)rates.shape[0];
        if (steps < 3) return;
        Tensor factor = (state.TargetRate / spikeRate.add(1e-6.Rooted(), One)).clamp_(rule.MinimumRateFactor.Rooted(), rule.MaximumRateFactor.Rooted());
        Tensor plastic = factor * topology;
        // The first step is left out: nothing has reached the membranes before it.
        Tensor changes = rule.Present(state, rates, new Presentations(1, 2, rule.Interval, (steps - 2 + rule.Interval - 1) / rule.Interval));
        var before = new Tensor[changes.shape[0]];
        Tensor now = interWeights;
        for (int i = 0; i < before.Length; i++)
        {
            before[i] = now;
            now = now.addcmul(changes[i], plastic, rule.LearningRate.Rooted()).clamp_((-rule.WeightLimit).Rooted(), rule.WeightLimit.Rooted());
        }
        rule.Use(state, stack(before), topology);
        state.Move(interWeights, now, topology);
    }

    /// <summary>Presentations, one after the other: traces and potential take them in, and Δw of every pair comes out, [presentation, post, pre].</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Traces and potential; changed in place.</param>
    /// <param name="rates">The columns' rates, [row, column].</param>
    /// <param name="shown">Which rows are presented.</param>
    public static Tensor Present(this ProductStdp rule, PlasticityState state, Tensor rates, Presentations shown)
    {
        long rows = rates.shape[0], columns = rates.shape[1];
        int count = shown.Count;
        Tensor ofTraces = state.Constant((rule, shown, rows), () => Products(rule, shown, 2, ofTraces: true, rates.device));
        Tensor ofRates = state.Constant((rule, shown, rows, nameof(rates)), () => Products(rule, shown, (int)rows, ofTraces: false, rates.device));
        Tensor made = ofTraces.mm(state.Traces).addmm_(ofRates, rates, 1, 1);
        state.Traces.copy_(made.narrow(0, Made * count, 2));
        Tensor each = made.narrow(0, 0, Made * count).view(count, Made, columns);
        state.Potential.addmm_(each.select(1, 0).t(), each.select(1, 4), (float)Math.Pow(rule.PotentialMemory, count), 1);
        return each.narrow(1, 0, 2).transpose(1, 2).bmm(each.narrow(1, 2, 2));
    }

    /// <summary>The usage takes in what the connections were at each presentation.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Its usage; changed in place.</param>
    /// <param name="interWeights">[presentation, post, pre].</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public static void Use(this ProductStdp rule, PlasticityState state, Tensor interWeights, Tensor topology)
    {
        int count = (int)interWeights.shape[0];
        double memory = rule.UsageMemory;
        Tensor weights = state.Constant((memory, count),
            () => tensor([.. Enumerable.Range(0, count).Select(i => Counted(memory, count, i))], device: interWeights.device));
        state.Usage.view(-1).addmv_((interWeights * topology).abs().view(count, -1).t(), weights, (float)Math.Pow(memory, count), 1);
    }

    /// <summary>
    /// What of the traces before, or of the rates, makes what <see cref="Made"/> tells of each presentation, and the traces afterwards:
    /// [5 · presentation + 2, 2 or row]. A trace is x ← decay · x + rate.
    /// </summary>
    private static Tensor Products(ProductStdp rule, Presentations shown, int sources, bool ofTraces, Device device)
    {
        int count = shown.Count;
        double preDecay = Math.Exp(-1 / rule.PreTimeConstant), postDecay = Math.Exp(-1 / rule.PostTimeConstant);
        var products = new float[(Made * count + 2) * sources];
        void Trace(int row, int upTo, double decay, int trace, int first, double factor)
        {
            if (ofTraces) products[row * sources + trace] = (float)(factor * Math.Pow(decay, upTo + 1));
            else for (int i = 0; i <= upTo; i++) products[row * sources + first + i * shown.Stride] = (float)(factor * Math.Pow(decay, upTo - i));
        }
        for (int i = 0; i < count; i++)
        {
            int row = Made * i;
            Trace(row + 1, i, postDecay, 1, shown.FirstPost, 1);
            Trace(row + 2, i, preDecay, 0, shown.FirstPre, rule.Potentiation);
            if (ofTraces) continue;
            int pre = shown.FirstPre + i * shown.Stride;
            products[row * sources + shown.FirstPost + i * shown.Stride] = 1;
            products[(row + 3) * sources + pre] = (float)-rule.Depression;
            products[(row + 4) * sources + pre] = Counted(rule.PotentialMemory, count, i);
        }
        Trace(Made * count, count - 1, preDecay, 0, shown.FirstPre, 1);
        Trace(Made * count + 1, count - 1, postDecay, 1, shown.FirstPost, 1);
        return tensor(products, [Made * count + 2, sources], device: device);
    }

    /// <summary>What a presentation counts in a running mean when all have been taken in.</summary>
    private static float Counted(double memory, int count, int presentation) => (float)((1 - memory) * Math.Pow(memory, count - 1 - presentation));
}
