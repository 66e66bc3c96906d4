using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>How far training is: a <see cref="BatchProgress"/> or an <see cref="EpochProgress"/>.</summary>
public abstract record TrainingProgress
{
    private protected TrainingProgress() { }

    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all; the last may be cut short by <see cref="TrainingRecipe.Batches"/>.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches trained so far, over all epochs.</summary>
    public required int Batches { get; init; }

    /// <summary>Batches in all.</summary>
    public required int TotalBatches { get; init; }

    /// <summary>Mean cross entropy, in nats, over this epoch's batches so far.</summary>
    public required double Loss { get; init; }

    /// <summary>Fraction of this epoch's training rows so far that the network, with dropout and noise, classified rightly.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The readout's learning rate of the last batch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training rows per second in this epoch, evaluation excluded.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Training time so far, evaluation excluded.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Training time that is left at this speed, evaluation excluded.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>How fast it goes, as a part of its line.</summary>
    private protected string Pace => string.Create(CultureInfo.InvariantCulture,
        $"learning rate {LearningRate:G3}, {RowsPerSecond:F0} rows/s, {(int)TimeLeft.TotalHours:00}:{TimeLeft:mm\\:ss} left");

    /// <summary>How well it does, as a part of its line.</summary>
    private protected string Measures(double? validationAccuracy) => string.Create(CultureInfo.InvariantCulture,
        $"loss {Loss:F4}, training accuracy "
            + $"{Accuracy:P2}{(validationAccuracy is { } accuracy ? $", validation accuracy {accuracy.ToString("P2", CultureInfo.InvariantCulture)}" : "")}");
}
