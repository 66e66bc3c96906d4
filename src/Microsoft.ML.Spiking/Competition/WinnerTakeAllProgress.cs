using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>How far the training of a winner-take-all layer is.</summary>
public sealed record WinnerTakeAllProgress
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Rows learnt from so far, over all epochs.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows in all, over all epochs.</summary>
    public required long TotalRows { get; init; }

    /// <summary>Mean spikes of the layer in a row, since the last report.</summary>
    public required double SpikesPerRow { get; init; }

    /// <summary>Neurons that have not fired since the training began.</summary>
    public required int SilentNeurons { get; init; }

    /// <summary>Mean of what the neurons have added to their thresholds.</summary>
    public required double Adaptation { get; init; }

    /// <summary>Rows per second, since the training began.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Training time so far.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>One line, as the log has it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Epoch {Epoch} of {Epochs}: {Rows} of {TotalRows} rows, {SpikesPerRow:F1} spikes per row, {SilentNeurons} neurons silent, "
            + $"thresholds {Adaptation:F1} higher, {RowsPerSecond:F0} rows/s.");
}
