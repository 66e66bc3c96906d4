namespace Microsoft.ML.Spiking;

/// <summary>Spike-timing-dependent plasticity of the connections between columns, over traces of their rates.</summary>
/// <remarks>
/// A trace fades and gains what fires: <c>x ← exp(-1/τ) · x + rate</c>. A connection from pre to post changes by
/// <code>
/// Δw = Potentiation · post · preTrace - Depression · postTrace · pre
/// </code>
/// (Song, Miller and Abbott 2000).
/// <para><see cref="CoActivity.Correlation"/>: a covariance rule (Sejnowski 1977), once a batch. Rates are the samples' deviations from the batch's mean in
/// the same step, traces start at 0 with each sample, and a product is the Pearson correlation, over samples and steps, of one column's rate with the
/// other's trace a step before. So Δw lies within ± (Potentiation + Depression): a connection gains where pre leads, and loses where post does.
/// Potential is the running correlation of post with preTrace, usage the running mean of sigmoid(weight) · correlation where connected.</para>
/// <para><see cref="CoActivity.Product"/>, as published: rates are the batch's means, of one step as pre and of the next as post, every
/// <see cref="Interval"/> steps; traces count these updates and last from batch to batch. Potential is the running product of post and pre,
/// usage the running mean of |weight|.</para>
/// </remarks>
public sealed record Stdp
{
    /// <summary>How two columns' firing together is measured. Default <see cref="CoActivity.Correlation"/>; published <see cref="CoActivity.Product"/>.</summary>
    public CoActivity CoActivity { get; init; } = CoActivity.Correlation;

    /// <summary>What multiplies Δw. Default 0.02; published 5e-5.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Weight change for post after pre, A₊. Default 0.01.</summary>
    public double Potentiation { get; init; } = 0.01;

    /// <summary>Weight change for pre after post, A₋. Default 0.005, since correlation leaves no chance coincidences to outweigh; published 0.012.</summary>
    public double Depression { get; init; } = 0.005;

    /// <summary>Time constant of the presynaptic trace, in steps (under Product, in updates). Default 20.</summary>
    public double PreTimeConstant { get; init; } = 20;

    /// <summary>Time constant of the postsynaptic trace, in steps (under Product, in updates). Default 20.</summary>
    public double PostTimeConstant { get; init; } = 20;

    /// <summary>Under Product, time steps from one update to the next within a batch. Default 10.</summary>
    public int Interval { get; init; } = 10;

    /// <summary>Connections between columns stay within ± this. Default 2.</summary>
    public double WeightLimit { get; init; } = 2;

    /// <summary>What an update leaves of a pair's <em>potential</em>, its running co-activity. Default 0.98; published 0.99.</summary>
    public double PotentialMemory { get; init; } = 0.98;

    /// <summary>What an update leaves of a connection's <em>usage</em>. Default 0.95.</summary>
    public double UsageMemory { get; init; } = 0.95;

    /// <summary>Under Product, the least by which a network that fires above its target rate slows learning. Default 0.5.</summary>
    public double MinimumRateFactor { get; init; } = 0.5;

    /// <summary>Under Product, the most by which a network that fires below its target rate speeds learning. Default 2.</summary>
    public double MaximumRateFactor { get; init; } = 2;

    /// <summary>Whether it reads the rates of each sample, and not their means over the batch.</summary>
    internal bool ReadsSamples => CoActivity == CoActivity.Correlation;

    internal void Check()
    {
        Require.That(Enum.IsDefined(CoActivity), $"Stdp.CoActivity is {CoActivity}, but it must be Correlation or Product.");
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
