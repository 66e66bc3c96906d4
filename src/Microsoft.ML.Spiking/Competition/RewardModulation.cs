using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// STDP that a reward modulates (after Mozafari et al. 2018): a spike that speaks for the row's class is learnt from, one for another is unlearnt.
/// </summary>
/// <remarks>
/// <para>A neuron speaks for the class in whose rows it has fired most so far. Where that is the row's own, its weights move as by
/// <see cref="CompetitiveStdp"/>; where it is another,
/// <code>
/// weight ← weight - LearningRate · Punishment · trace · weight
/// </code>
/// so that inputs that spiked shortly before are weakened, and, as the weights are scaled to their mean after the row, all others strengthened. The threshold
/// rises either way. It is what LVQ does to prototypes (Kohonen 1990), spike by spike.</para>
/// <para>Published networks give each neuron its class in advance; here it comes of what the neuron has learnt without labels, until <see cref="Start"/>. Rows
/// without a label are learnt from as without reward.</para>
/// </remarks>
public sealed record RewardModulation
{
    /// <summary>How much more a spike for the wrong class weakens its inputs than one for the right class can strengthen them, 0 or more. Default 10.</summary>
    public double Punishment { get; init; } = 10;

    /// <summary>The part of the training that goes by before spikes are rewarded, 0 to 1, in which neurons learn without labels. Default 0.2.</summary>
    public double Start { get; init; } = 0.2;

    /// <param name="learningRate">The greatest by which it is multiplied.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check(double learningRate)
    {
        Require.NotNegative(Punishment, "Learning.Reward.Punishment");
        Require.Fraction(Start, "Learning.Reward.Start");
        Require.That(learningRate * Punishment <= 1,
            $"Learning.Reward.Punishment is {Require.Said(Punishment)} and the learning rate up to {Require.Said(learningRate)}, but their product must be "
            + "at most 1, or a spike would take away more than the whole weight; lower one of them.");
    }
}
