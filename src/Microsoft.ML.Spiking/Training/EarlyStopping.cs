using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Ends training where the accuracy on the validation rows no longer rises, and gives the model of the best epoch back; of equally good ones, the earliest's.
/// </summary>
/// <remarks>Prechelt 1998. The accuracy that chose the model flatters it: judge it on rows that had no say.</remarks>
public sealed record EarlyStopping
{
    /// <summary>Epochs without a gain after which training ends. Default 3.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>
    /// How much more than at the last gain the accuracy must be to be a gain, as a fraction: 0.001 is a tenth of a per cent. Default 0, any rise.
    /// </summary>
    public double MinimumGain { get; init; }

    /// <summary>Whether <see cref="Patience"/> is at its end.</summary>
    /// <param name="accuracies">Of the epochs so far, in order.</param>
    internal bool IsOver(IEnumerable<double> accuracies)
    {
        double reached = double.NegativeInfinity;
        int waited = 0;
        foreach (double accuracy in accuracies)
            (reached, waited) = accuracy > reached + MinimumGain ? (accuracy, 0) : (reached, waited + 1);
        return waited >= Patience;
    }

    internal void Check()
    {
        Require.That(Patience > 0, $"EarlyStopping.Patience is {Patience}, but it must be greater than 0; leave EarlyStopping null to train to the end.");
        Require.That(MinimumGain is >= 0 and < 1, $"EarlyStopping.MinimumGain is {MinimumGain}, but it must be at least 0 and less than 1.");
    }
}
