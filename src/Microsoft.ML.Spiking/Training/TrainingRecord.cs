namespace Microsoft.ML.Spiking;

/// <summary>How a model came to be; stored in model.zip.</summary>
/// <remarks>
/// A pure function of data, options and seed, unless training was cut short by time or cancellation: what else differs from run to run is in
/// <see cref="TrainingProvenance"/>.
/// </remarks>
public sealed record TrainingRecord
{
    /// <summary>One entry an epoch that was trained, those after <see cref="BestEpoch"/> too.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>
    /// Every connection that formed or went on the way to the model, in order; on the initial graph of <see cref="WattsStrogatz.Generate"/> and
    /// <see cref="Seed"/> they give the model's.
    /// </summary>
    public IReadOnlyList<StructuralChange> Journal { get; init => field = value ?? []; } = [];

    /// <summary>What it was trained by, with what was left to the data as it was chosen; null of a network that is as it was drawn.</summary>
    public TrainingRecipe? Recipe { get; init; }

    /// <summary>The seed that all randomness came from.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>How training ended.</summary>
    public TrainingEnd End { get; init; }

    /// <summary>
    /// The epoch whose weights the model has, chosen by <see cref="SpikingNetworkOptions.EarlyStopping"/>; null where that was off, and the model has the last
    /// weights.
    /// </summary>
    public int? BestEpoch { get; init; }

    /// <summary>Batches that made the model; of a best epoch, those up to its end.</summary>
    public required int Batches { get; init; }

    /// <summary>
    /// Accuracy of the model on <see cref="SpikingNetworkOptions.ValidationSet"/> or the validation fraction, a mean by weight where rows or classes weigh;
    /// null where neither was given.
    /// </summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Mean spike rate of the epoch whose weights the model has, in spikes per neuron and time step.</summary>
    public required double SpikeRate { get; init; }

    /// <summary>Of a model whose training is not at its end.</summary>
    internal static TrainingRecord None { get; } = new() { History = [], Seed = 0, Rows = 0, Batches = 0, ValidationAccuracy = null, SpikeRate = 0 };
}
