namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Whether what a checkpoint says of its training is what a training of these options leaves: a file may say anything.</summary>
/// <param name="header">What it says.</param>
/// <param name="network">The options' network.</param>
/// <param name="schedule">The options' schedule of the data's rows.</param>
internal sealed class HeaderCheck(CheckpointHeader header, SpikingNetwork network, TrainingSchedule schedule)
{
    // Float32 rounds what is a fraction of all.
    private const double MostFraction = 1.001;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(100_000);

    /// <param name="optimised">Sets of weights that the optimiser has.</param>
    /// <returns>The header.</returns>
    /// <exception cref="InvalidDataException">Something in it cannot be.</exception>
    public CheckpointHeader Check(int optimised)
        => (Progress(optimised) ?? Journal() ?? History() ?? Sums() ?? Times() ?? Best()) is { } fault ? throw new InvalidDataException(fault) : header;

    private string? Progress(int optimised)
        => header.Batches < 1 || header.Batches > schedule.Total
            ? $"it has {header.Batches} batches done, but its options make a training of {schedule.Total}."
            : header.OptimiserSteps.Length != optimised
            ? $"it counts the optimiser's steps of {header.OptimiserSteps.Length} sets of weights instead of {optimised}."
            : header.OptimiserSteps.FirstOrDefault(steps => steps < 0 || steps > header.Batches) is not 0 and var odd
            ? $"it counts {odd} steps of the optimiser in {header.Batches} batches."
            : null;

    private string? Journal()
    {
        int batch = 1;
        for (int i = 0; i < header.Journal.Count; i++)
        {
            StructuralChange? change = header.Journal[i];
            if (change is null || change.Batch < batch || change.Batch > header.Batches || change.Layer < 0 || change.Layer >= network.Layers.Length
                || !IsColumn(change.From, change.Layer) || !IsColumn(change.To, change.Layer) || !Enum.IsDefined(change.Kind) || !Enum.IsDefined(change.Why)
                || !float.IsFinite(change.Potential) || !float.IsFinite(change.Usage) || !float.IsFinite(change.Weight))
                return $"its journal of connections has no change of the training's at place {i}.";
            batch = change.Batch;
        }
        return null;
    }

    private bool IsColumn(int column, int layer) => column >= 0 && column < network.Layers[layer].Nodes;

    private string? History()
    {
        // The last one may be cut short.
        int epochs = header.Batches == schedule.Total ? schedule.Epochs : header.Batches / schedule.PerEpoch;
        if (header.History.Count != epochs) return $"its history has {header.History.Count} epochs, but its {header.Batches} batches are {epochs}.";
        ILookup<int, StructuralChangeKind> changes = header.Journal.ToLookup(change => schedule.EpochOf(change.Batch), change => change.Kind);
        for (int i = 0; i < epochs; i++)
            if (header.History[i] is not { } epoch || epoch.Epoch != i + 1 || !IsOne(epoch, [.. changes[i + 1]]))
                return $"its history's entry of epoch {i + 1} is none that a training leaves.";
        return null;
    }

    private bool IsOne(EpochRecord epoch, StructuralChangeKind[] changes)
        => double.IsFinite(epoch.Loss) && IsFraction(epoch.Accuracy) && IsFraction(epoch.ValidationAccuracy ?? 0) && IsNotNegative(epoch.SpikeRate)
            && IsFraction(epoch.ConnectionDensity) && IsNotNegative(epoch.LearningRate) && IsFraction(epoch.Clustering) && IsNotNegative(epoch.PathLength ?? 0)
            && epoch.Formed == changes.Count(kind => kind == StructuralChangeKind.Formed) && epoch.Formed + (long)epoch.Pruned == changes.Length
            && IsFraction(epoch.StdpShare ?? 0) && epoch.DeadColumns >= 0 && epoch.SaturatedColumns >= 0
            && epoch.DeadColumns + (long)epoch.SaturatedColumns <= network.AllColumns;

    private string? Sums()
    {
        EpochSums sums = header.Sums;
        int expected = EpochMetrics.Means + network.AllColumns, within = header.Batches % schedule.PerEpoch;
        if (sums.Sums.Length != expected) return $"it holds {sums.Sums.Length} sums of an epoch instead of {expected}.";
        // At an epoch's end they are of no meaning.
        return sums.Sums.All(double.IsFinite) && IsNotNegative(sums.LearningRate) && IsNotNegative(sums.Weight ?? 0)
            && (within == 0 || header.Batches == schedule.Total || sums.Batches == within && sums.Rows == (long)within * schedule.BatchSize)
            ? null
            : $"its sums of an epoch are none that {within} batches leave.";
    }

    private string? Times()
        => header.TrainingTime >= TimeSpan.Zero && header.TrainingTime <= s_longest && header.EpochTime >= TimeSpan.Zero && header.EpochTime <= s_longest
            ? null
            : $"it says that it trained for {header.TrainingTime}, and for {header.EpochTime} in its epoch.";

    private string? Best()
        => header.Best is not { } best
            || best.Epoch >= 1 && best.Epoch <= header.History.Count && best.Batches == Math.Min((long)best.Epoch * schedule.PerEpoch, schedule.Total)
            && best.Accuracy == header.History[best.Epoch - 1].ValidationAccuracy && best.TargetRates.Length == network.Layers.Length
            && best.TargetRates.All(float.IsFinite)
            ? null
            : "its best model is none of its history.";

    private static bool IsFraction(double value) => value is >= 0 and <= MostFraction;

    private static bool IsNotNegative(double value) => value >= 0 && double.IsFinite(value);
}
