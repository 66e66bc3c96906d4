using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>What a network's columns of the data are called.</summary>
/// <param name="Label">The class.</param>
/// <param name="Features">The input.</param>
/// <param name="PredictedLabel">The most probable class.</param>
/// <param name="Score">The classes' probabilities, or the log-odds of true.</param>
/// <param name="Probability">Of true; of binary networks alone.</param>
/// <param name="SpikeRate">Spikes per neuron and time step, one value a cortical column.</param>
internal sealed record ColumnNames(string Label, string Features, string PredictedLabel, string Score, string Probability, string SpikeRate)
{
    public static ColumnNames Default { get; } = new("Label", "Features", "PredictedLabel", "Score", "Probability", "SpikeRate");

    public void Check()
    {
        foreach (string name in (string[])[Label, Features, PredictedLabel, Score, Probability, SpikeRate])
            Require.That(!string.IsNullOrWhiteSpace(name), "A column's name in the options is empty.");
    }
}
