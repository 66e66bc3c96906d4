using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>What plasticity remembers from batch to batch, of C columns; changed in place.</summary>
internal sealed class PlasticityArrays(int columns, double initialRate)
{
    /// <summary>Running co-activity of post and pre, [post, pre].</summary>
    public float[] Potential { get; } = new float[columns * columns];

    /// <summary>Running usage of the connections, [post, pre].</summary>
    public float[] Usage { get; } = new float[columns * columns];

    /// <summary>Structural updates that each connection has seen since it formed, [post, pre].</summary>
    public int[] Age { get; } = new int[columns * columns];

    /// <summary>Presynaptic trace, [C].</summary>
    public float[] PreTrace { get; } = new float[columns];

    /// <summary>Postsynaptic trace, [C].</summary>
    public float[] PostTrace { get; } = new float[columns];

    /// <summary>Running mean of the columns' rates, [C].</summary>
    public float[] AverageRate { get; } = [.. Enumerable.Repeat((float)initialRate, columns)];

    /// <summary>The rate that homeostasis aims at.</summary>
    public float TargetRate { get; set; } = (float)initialRate;

    /// <summary>How far STDP has moved the connections' weights: Σ|Δw| of each over what is connected.</summary>
    public float MovedByStdp { get; set; }

    /// <summary>How far the gradient has moved them.</summary>
    public float MovedByGradient { get; set; }

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        StateArray.Of("plasticity.potential", Potential, columns, columns), StateArray.Of("plasticity.usage", Usage, columns, columns),
        StateArray.Of("plasticity.pre_trace", PreTrace, columns), StateArray.Of("plasticity.post_trace", PostTrace, columns),
        StateArray.Of("plasticity.average_rate", AverageRate, columns),
        StateArray.Of("plasticity.target_rate", () => TargetRate, rate => TargetRate = rate),
        StateArray.Of("plasticity.age", Age),
        StateArray.Of("plasticity.motion.stdp", () => MovedByStdp, moved => MovedByStdp = moved) with { Range = StateRange.NotNegative },
        StateArray.Of("plasticity.motion.gradient", () => MovedByGradient, moved => MovedByGradient = moved) with { Range = StateRange.NotNegative },
    ];
}
