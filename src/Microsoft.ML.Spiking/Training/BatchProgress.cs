using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>Progress within an epoch.</summary>
public sealed record BatchProgress : TrainingProgress
{
    /// <summary>
    /// Accuracy on the validation rows, predicted as the saved model would; null but after every <see cref="SpikingNetworkOptions.ValidationInterval"/>th
    /// batch.
    /// </summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>One line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Epoch {Epoch} of {Epochs}, batch {Batches} of {TotalBatches}: {Measures(ValidationAccuracy)}, {Pace}.");
}
