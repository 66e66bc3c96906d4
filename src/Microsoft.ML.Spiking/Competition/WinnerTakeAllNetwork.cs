using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A layer of neurons that see all inputs and compete: whoever fires first inhibits the others (Diehl and Cook 2015).</summary>
/// <remarks>
/// A row is shown for <see cref="TimeSteps"/>, each feature a Poisson spike train. In each time step
/// <code>
/// potential ← α · potential + gain · Σ weight of the inputs that spike        α = exp(-1 / MembraneTimeConstant)
/// winner    = who exceeds Threshold + its own adaptation by the most, if anybody does
/// potential of the winner ← 0;  of each other ← max(potential - Inhibition, -Inhibition)
/// </code>
/// Potentials start at 0 for every row. Weights lie between 0 and 1. The gain is chosen by the data (<see cref="Drive"/>), so that thresholds mean the same
/// whatever the number of inputs and their size.
/// </remarks>
public sealed record WinnerTakeAllNetwork
{
    private const int MostNeurons = 1 << 14, MostSteps = 1 << 12;

    /// <summary>Neurons, 1 to 16,384. Published with 100, 400, 1,600 and 6,400. Default 400.</summary>
    public int Neurons { get; init; } = 400;

    /// <summary>Time steps that a row is shown for, 1 to 4,096. Default 200.</summary>
    public int TimeSteps { get; init; } = 200;

    /// <summary>Probability that an input at full intensity spikes in a time step, 0 to 1. Default 0.15.</summary>
    public double MaximumProbability { get; init; } = 0.15;

    /// <summary>Which features share a scale before they become intensities. Default <see cref="FeatureScaling.Auto"/>: by what they are like.</summary>
    public FeatureScaling Scaling { get; init; }

    /// <summary>Time constant of the membrane, in time steps. Default 100.</summary>
    public double MembraneTimeConstant { get; init; } = 100;

    /// <summary>
    /// What a row of mean intensity adds to the potential of a neuron whose weights are all alike, in a time step; the gain is chosen so on the training rows.
    /// Default 1.
    /// </summary>
    public double Drive { get; init; } = 1;

    /// <summary>The potential at which a neuron that has not adapted fires. Default 13.</summary>
    public double Threshold { get; init; } = 13;

    /// <summary>What a spike takes off the potential of every other neuron, and how far below 0 it can bring it. Default 70.</summary>
    public double Inhibition { get; init; } = 70;

    /// <summary>
    /// The same in prediction, when the layer learns no more. Less of it lets all neurons answer that a row fits, where in learning one must win. Default null:
    /// <see cref="Inhibition"/>, and a tenth of it where the spikes are features for another trainer (<see cref="WinnerTakeAllFeaturesTransformer"/>).
    /// </summary>
    public double? ScoringInhibition { get; init; }

    /// <summary>How neurons speak for classes. Default <see cref="ClassVote.OwnClass"/>.</summary>
    public ClassVote Vote { get; init; }

    /// <summary>α, what a time step leaves of the potential.</summary>
    internal float Decay => (float)Math.Exp(-1 / MembraneTimeConstant);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check()
    {
        Require.Positive(Neurons, "Network.Neurons", MostNeurons);
        Require.Positive(TimeSteps, "Network.TimeSteps", MostSteps);
        Require.Positive(MaximumProbability, "Network.MaximumProbability", most: 1);
        Require.That(Enum.IsDefined(Scaling), $"Network.Scaling is {Scaling}, but it must be Auto, Shared, PerInput or None.");
        Require.Positive(MembraneTimeConstant, "Network.MembraneTimeConstant");
        Require.Positive(Drive, "Network.Drive");
        Require.Positive(Threshold, "Network.Threshold");
        Require.NotNegative(Inhibition, "Network.Inhibition");
        if (ScoringInhibition is { } scoring) Require.NotNegative(scoring, "Network.ScoringInhibition");
        Require.That(Enum.IsDefined(Vote), $"Network.Vote is {Vote}, but it must be OwnClass or Shares.");
    }
}
