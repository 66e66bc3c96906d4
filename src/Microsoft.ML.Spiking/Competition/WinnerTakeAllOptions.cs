using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A winner-take-all layer and its training by STDP. Every member has a default.</summary>
/// <remarks>An immutable record: vary it by <c>with { ... }</c>.</remarks>
public sealed record WinnerTakeAllOptions
{
    /// <summary>
    /// Column with the class, a key. The layer learns without it: it only says, once the layer has learnt, for which class each neuron speaks. A row whose
    /// label is missing is learnt from and not asked. Default "Label".
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Column with the input: intensities, Vector&lt;Single&gt; of a known size. Default "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>Output column: the most probable class, a key. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Output column: each class's share of the vote, Vector&lt;Single, classes&gt;, which sum to 1. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Output column: spikes per time step of each neuron, Vector&lt;Single, neurons&gt;; features for another trainer. Default "SpikeRate".</summary>
    public string SpikeRateColumnName { get; init; } = "SpikeRate";

    /// <summary>The layer. Default: 400 neurons.</summary>
    public WinnerTakeAllNetwork Network { get; init; } = new();

    /// <summary>How it learns. Default: the rule of <see cref="CompetitiveStdp"/> with its own defaults.</summary>
    public CompetitiveStdp Learning { get; init; } = new();

    /// <summary>Passes over the rows. Default 2.</summary>
    public int Epochs { get; init; } = 2;

    /// <summary>Seed of all randomness; null for MLContext's, or a random one if it has none. Default null.</summary>
    public int? Seed { get; init; }

    /// <summary>Rows between two reports of <see cref="WinnerTakeAllProgress"/>; each epoch's end is reported too. Default 10000.</summary>
    public int ProgressInterval { get; init; } = 10_000;

    /// <summary>Told how far training is, from the training thread; null for nobody.</summary>
    [JsonIgnore]
    public IProgress<WinnerTakeAllProgress>? Progress { get; init; }

    /// <summary>Ends training after the row that it is in, by <see cref="OperationCanceledException"/>.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What the columns of the data are called, for a model to keep.</summary>
    internal ColumnNames Names => ColumnNames.Default with
    {
        Label = LabelColumnName, Features = FeatureColumnName, PredictedLabel = PredictedLabelColumnName, Score = ScoreColumnName,
        SpikeRate = SpikeRateColumnName,
    };

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void Check()
    {
        Names.Check();
        Names.CheckOutputs(binary: false);
        CheckLearning();
    }

    /// <summary>Checks what does not name a column.</summary>
    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void CheckLearning()
    {
        Require.Given(Network, nameof(Network));
        Network.Check();
        Require.Given(Learning, nameof(Learning));
        Learning.Check();
        Require.Positive(Epochs, nameof(Epochs), 1 << 16);
        Require.Positive(ProgressInterval, nameof(ProgressInterval));
    }
}
