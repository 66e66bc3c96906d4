using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>What a network's columns of the data are called.</summary>
/// <param name="Label">The class.</param>
/// <param name="Features">The input.</param>
/// <param name="PredictedLabel">The most probable class.</param>
/// <param name="Score">The classes' probabilities, or the log-odds of true.</param>
/// <param name="Probability">Of true; of binary networks alone.</param>
/// <param name="SpikeRate">Spikes per neuron and time step, one value a cortical column.</param>
/// <param name="Cost">What a prediction cost; null where nobody asks.</param>
internal sealed record ColumnNames(
    string Label, string Features, string PredictedLabel, string Score, string Probability, string SpikeRate, string? Cost = null)
{
    public static ColumnNames Default { get; } = new("Label", "Features", "PredictedLabel", "Score", "Probability", "SpikeRate");

    /// <exception cref="ArgumentException">A name is empty.</exception>
    public void Check()
    {
        foreach (var (name, option) in ((string, string)[])[.. Read, .. Made, OfTrue])
            Require.That(!string.IsNullOrWhiteSpace(name), $"{option} is {(name is null ? "null" : "empty")}, but it must name a column.");
        Require.That(Cost is null || !string.IsNullOrWhiteSpace(Cost), "CostColumnName is empty, but it must name a column; leave it null for none.");
    }

    /// <param name="binary">Whether the network answers yes or no, with a probability of true.</param>
    /// <exception cref="ArgumentException">One of the columns that a network of classes makes would hide another, or one that it reads.</exception>
    public void CheckOutputs(bool binary)
    {
        List<(string Name, string Option)> before = [.. Read];
        foreach (var (name, option) in ((string, string)[])[.. Made, .. binary ? [OfTrue] : ((string, string)[])[], .. OfCost])
        {
            if (before.Find(other => other.Name == name) is { Option: { } namesake })
                throw Trouble.Options.Argument($"{option} is '{name}', and so is {namesake}, but one column would hide the other; call them differently.");
            before.Add((name, option));
        }
    }

    private (string, string)[] Read => [(Label, "LabelColumnName"), (Features, "FeatureColumnName")];

    private (string, string)[] Made => [(PredictedLabel, "PredictedLabelColumnName"), (Score, "ScoreColumnName"), (SpikeRate, "SpikeRateColumnName")];

    private (string, string)[] OfCost => Cost is null ? [] : [(Cost, "CostColumnName")];

    private (string, string) OfTrue => (Probability, "ProbabilityColumnName");
}
