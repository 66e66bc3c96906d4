namespace Microsoft.ML.Spiking.Managed;

/// <summary><see cref="ProductStdp"/> on arrays.</summary>
internal static class ProductStdpUpdate
{
    /// <summary>What a training batch teaches the connections between columns, by its mean rates.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="layer">The connections, and traces, potential and usage; changed in place.</param>
    /// <param name="rates">The columns' signed rates, means over the batch, [time, column].</param>
    /// <param name="spikeRate">Mean of |spike rate| over batch and neurons.</param>
    public static void Learn(this ProductStdp rule, LayerArrays layer, ReadOnlySpan<float> rates, float spikeRate)
    {
        int columns = layer.Layer.Nodes, steps = rates.Length / columns;
        float factor = Math.Clamp(layer.Plasticity.TargetRate / (spikeRate + 1e-6f), (float)rule.MinimumRateFactor, (float)rule.MaximumRateFactor);
        float learningRate = factor * (float)rule.LearningRate, limit = (float)rule.WeightLimit;
        Span<float> weights = layer.InterWeights.Weights.Span;
        // The first step is left out: nothing has reached the membranes before it.
        for (int pre = 1; pre < steps - 1; pre += rule.Interval)
        {
            float[] change = rule.Present(layer, rates.Slice(pre * columns, columns), rates.Slice((pre + 1) * columns, columns));
            for (int pair = 0; pair < change.Length; pair++)
                weights[pair] = Math.Clamp(weights[pair] + learningRate * change[pair] * layer.Topology[pair], -limit, limit);
        }
    }

    /// <summary>One presentation: the traces take it in, and Δw of every pair comes out, [post, pre].</summary>
    public static float[] Present(this ProductStdp rule, LayerArrays layer, ReadOnlySpan<float> pre, ReadOnlySpan<float> post)
    {
        PlasticityArrays state = layer.Plasticity;
        ReadOnlySpan<float> weights = layer.InterWeights.Weights.Span;
        Fade(state.PreTrace, rule.PreTimeConstant, pre);
        Fade(state.PostTrace, rule.PostTimeConstant, post);
        int columns = pre.Length;
        var change = new float[columns * columns];
        for (int i = 0, pair = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++, pair++)
            {
                state.Potential[pair] = (float)rule.PotentialMemory * state.Potential[pair] + (float)(1 - rule.PotentialMemory) * (post[i] * pre[j]);
                state.Usage[pair] = (float)rule.UsageMemory * state.Usage[pair]
                    + (float)(1 - rule.UsageMemory) * (layer.Topology[pair] * MathF.Abs(weights[pair]));
                change[pair] = (float)rule.Potentiation * (post[i] * state.PreTrace[j]) - (float)rule.Depression * (state.PostTrace[i] * pre[j]);
            }
        }
        return change;
    }

    private static void Fade(float[] trace, double timeConstant, ReadOnlySpan<float> rates)
    {
        float decay = (float)Math.Exp(-1 / timeConstant);
        for (int c = 0; c < trace.Length; c++) trace[c] = decay * trace[c] + rates[c];
    }
}
