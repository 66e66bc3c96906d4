namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What a checkpoint holds besides options and arrays.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The format that this version writes, and the only one that it reads.</summary>
    public const int CurrentFormat = 3;

    public required int Format { get; init; }

    /// <summary>Version of the library that wrote it.</summary>
    public required string Library { get; init; }

    public required int Seed { get; init; }

    public required DataOutline Data { get; init; }

    /// <summary>Batches done.</summary>
    public required int Batches { get; init; }

    /// <summary>Steps of the optimiser, of each set of weights.</summary>
    public required int[] OptimiserSteps { get; init; }

    /// <summary>The epoch so far; of no meaning at its end.</summary>
    public required EpochSums Sums { get; init; }

    public required TimeSpan TrainingTime { get; init; }

    public required TimeSpan EpochTime { get; init; }

    public required IReadOnlyList<EpochRecord> History { get; init; }

    public required IReadOnlyList<StructuralChange> Journal { get; init; }

    /// <summary>The best model's, whose arrays are an entry of their own; null where nothing chooses one.</summary>
    public required BestOutline? Best { get; init; }
}
