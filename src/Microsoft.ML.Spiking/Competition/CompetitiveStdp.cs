using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How the neurons of a <see cref="WinnerTakeAllNetwork"/> learn: by their own spikes and those of the inputs, and without labels
/// unless <see cref="Reward"/> says otherwise.</summary>
/// <remarks>
/// An input's trace is 1 when it spikes, and decays. When a neuron fires, each of its weights moves, and its threshold rises:
/// <code>
/// weight     ← weight + LearningRate · (trace · (1 - weight) - Depression · weight)
/// adaptation ← adaptation + ThresholdStep
/// </code>
/// so that inputs that spiked shortly before are strengthened, and all others weakened. After a row the weights of the neurons that fired are scaled to a mean
/// of <see cref="MeanWeight"/>. Learning rate and threshold step fall from row to row, by the same factor each, to what they are at the last.
/// </remarks>
public sealed record CompetitiveStdp
{
    /// <summary>What a spike moves the weights by, of what they can move, 0 to 0.5; at the first row. Default 0.004.</summary>
    public double LearningRate { get; init; } = 0.004;

    /// <summary>The same at the last row. Default 0.0005.</summary>
    public double FinalLearningRate { get; init; } = 0.0005;

    /// <summary>How much of a weight a spike takes away for each part that it can add, 0 to 1. Default 0.1.</summary>
    public double Depression { get; init; } = 0.1;

    /// <summary>Time constant of the inputs' traces, in time steps. Default 20.</summary>
    public double TraceTimeConstant { get; init; } = 20;

    /// <summary>What the weights of a neuron are on average, greater than 0 and at most 1. Default 0.064.</summary>
    public double MeanWeight { get; init; } = 0.064;

    /// <summary>What a spike adds to its neuron's threshold; at the first row. Default 0.15.</summary>
    public double ThresholdStep { get; init; } = 0.15;

    /// <summary>The same at the last row. Default 0.01.</summary>
    public double FinalThresholdStep { get; init; } = 0.01;

    /// <summary>Time constant by which thresholds come down again, in time steps, between rows. Default 1e7.</summary>
    public double ThresholdTimeConstant { get; init; } = 1e7;

    /// <summary>How labels reward or punish spikes; null where the layer learns without labels. Default null.</summary>
    public RewardModulation? Reward { get; init; }

    /// <summary>The rule as it is at the last row, and stays, for rows without labels.</summary>
    internal CompetitiveStdp AtItsEnd => this with { LearningRate = FinalLearningRate, ThresholdStep = FinalThresholdStep, Reward = null };

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check()
    {
        const double MostRate = 0.5, MostTime = 1e12;
        Require.Positive(LearningRate, "Learning.LearningRate", most: MostRate);
        Require.Positive(FinalLearningRate, "Learning.FinalLearningRate", most: MostRate);
        Require.Fraction(Depression, "Learning.Depression");
        Require.Positive(TraceTimeConstant, "Learning.TraceTimeConstant");
        Require.Positive(MeanWeight, "Learning.MeanWeight", most: 1);
        Require.Positive(ThresholdStep, "Learning.ThresholdStep");
        Require.Positive(FinalThresholdStep, "Learning.FinalThresholdStep");
        Require.Positive(ThresholdTimeConstant, "Learning.ThresholdTimeConstant", most: MostTime);
        Reward?.Check(Math.Max(LearningRate, FinalLearningRate));
    }

    /// <summary>The rates of a row: learning rate and threshold step.</summary>
    /// <param name="progress">From 0, at the first row, to 1, after the last.</param>
    internal (float Learning, float Threshold) Rates(double progress)
        => ((float)(LearningRate * Math.Pow(FinalLearningRate / LearningRate, progress)),
            (float)(ThresholdStep * Math.Pow(FinalThresholdStep / ThresholdStep, progress)));
}
