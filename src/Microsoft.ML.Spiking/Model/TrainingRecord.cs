namespace Microsoft.ML.Spiking;

/// <summary>How a model came to be; stored in model.zip.</summary>
/// <remarks>A pure function of data, options and seed: what differs from run to run is in <see cref="TrainingProvenance"/>.</remarks>
public sealed record TrainingRecord
{
    /// <summary>One entry an epoch.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>Every connection that formed or went, in order; on the initial graph of <see cref="WattsStrogatz.Generate"/> and <see cref="Seed"/> they give the model's.</summary>
    public IReadOnlyList<StructuralChange> Journal { get; init => field = value ?? []; } = [];

    /// <summary>The seed that all randomness came from.</summary>
    public required int Seed { get; init; }

    /// <summary>Rows trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>Batches trained.</summary>
    public required int Updates { get; init; }

    /// <summary>Accuracy of the finished model on <see cref="SpikingNetworkOptions.ValidationSet"/> or the validation fraction; null where neither was given.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Mean firing rate of the last epoch, in spikes per neuron and time step.</summary>
    public required double SpikeRate { get; init; }
}
