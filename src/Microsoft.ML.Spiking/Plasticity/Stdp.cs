namespace Microsoft.ML.Spiking;

/// <summary>Spike-timing-dependent plasticity of the connections between columns, over traces of their mean rates.</summary>
/// <remarks>
/// A trace fades and gains what fires: <c>x ← exp(-1/τ) · x + rate</c>. A connection from pre to post changes by
/// <code>
/// Δw = Potentiation · post · preTrace - Depression · postTrace · pre
/// </code>
/// (Song, Miller and Abbott 2000). An update reads the batch's mean rates of one step as pre and of the next as post.
/// Its traces count updates, not time steps, and last from batch to batch.
/// </remarks>
public sealed record Stdp
{
    /// <summary>What multiplies Δw. Default 5e-5.</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>Weight change for post after pre, A₊. Default 0.01.</summary>
    public double Potentiation { get; init; } = 0.01;

    /// <summary>Weight change for pre after post, A₋. Default 0.012.</summary>
    public double Depression { get; init; } = 0.012;

    /// <summary>Time constant of the presynaptic trace, in updates. Default 20.</summary>
    public double PreTimeConstant { get; init; } = 20;

    /// <summary>Time constant of the postsynaptic trace, in updates. Default 20.</summary>
    public double PostTimeConstant { get; init; } = 20;

    /// <summary>Time steps from one update to the next within a batch. Default 10.</summary>
    public int Interval { get; init; } = 10;

    /// <summary>Connections between columns stay within ± this. Default 2.</summary>
    public double WeightLimit { get; init; } = 2;

    /// <summary>What an update leaves of a pair's <em>potential</em>, the running product of post and pre. Default 0.99.</summary>
    public double PotentialMemory { get; init; } = 0.99;

    /// <summary>What an update leaves of a connection's <em>usage</em>, the running mean of its weight's size. Default 0.95.</summary>
    public double UsageMemory { get; init; } = 0.95;

    /// <summary>The least by which a network that fires above its target rate slows learning. Default 0.5.</summary>
    public double MinimumRateFactor { get; init; } = 0.5;

    /// <summary>The most by which a network that fires below its target rate speeds learning. Default 2.</summary>
    public double MaximumRateFactor { get; init; } = 2;

    internal void Check()
    {
        Require.NotNegative(LearningRate, "Stdp.LearningRate");
        Require.Positive(PreTimeConstant, "Stdp.PreTimeConstant");
        Require.Positive(PostTimeConstant, "Stdp.PostTimeConstant");
        Require.Positive(Interval, "Stdp.Interval");
        Require.Positive(WeightLimit, "Stdp.WeightLimit");
        Require.Fraction(PotentialMemory, "Stdp.PotentialMemory");
        Require.Fraction(UsageMemory, "Stdp.UsageMemory");
        Require.That(MinimumRateFactor <= MaximumRateFactor,
            $"Stdp.MinimumRateFactor is {MinimumRateFactor}, but it must not exceed MaximumRateFactor, {MaximumRateFactor}.");
    }
}
