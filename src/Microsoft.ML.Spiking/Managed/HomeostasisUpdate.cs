namespace Microsoft.ML.Spiking.Managed;

/// <summary><see cref="Homeostasis"/> on arrays.</summary>
internal static class HomeostasisUpdate
{
    /// <summary>Takes a training batch's column rates, [column], into the average and moves the target.</summary>
    public static void Adapt(this Homeostasis rule, PlasticityArrays state, ReadOnlySpan<float> columnRates)
    {
        float memory = (float)rule.RateMemory, fresh = (float)(1 - rule.RateMemory), rate = 0;
        for (int c = 0; c < columnRates.Length; c++)
        {
            state.AverageRate[c] = memory * state.AverageRate[c] + fresh * columnRates[c];
            rate += columnRates[c];
        }
        rate /= columnRates.Length;
        float minimum = (float)rule.MinimumRate, maximum = (float)rule.MaximumRate;
        float step = rate < minimum ? (float)(1 + rule.TargetStep) : rate > maximum ? (float)(1 - rule.TargetStep) : 1;
        state.TargetRate = Math.Clamp(state.TargetRate * step, minimum, maximum);
    }

    /// <summary>What multiplies each column's spike rates before the readout, [column].</summary>
    public static float[] Scale(this Homeostasis rule, PlasticityArrays state)
        => Array.ConvertAll(state.AverageRate, average => Math.Clamp(state.TargetRate / (average + 1e-6f), (float)rule.MinimumScale, (float)rule.MaximumScale));
}
