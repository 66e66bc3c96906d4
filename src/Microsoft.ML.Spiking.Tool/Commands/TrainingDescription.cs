namespace Microsoft.ML.Spiking.Tool;

/// <summary>How a model came to be.</summary>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="BestEpoch">The epoch that the model is of, where early stopping chose one.</param>
/// <param name="Batches">Batches that made the model.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Seed">The seed of all randomness.</param>
/// <param name="ValidationAccuracy">Accuracy of the finished model on the validation rows; null without such rows.</param>
/// <param name="SpikeRate">Spikes per neuron and step in the last epoch.</param>
/// <param name="StructuralChanges">Connections that formed or went.</param>
/// <param name="History">One entry an epoch.</param>
internal sealed record TrainingDescription(
    int Epochs, int? BestEpoch, int Batches, long Rows, int Seed, double? ValidationAccuracy, double SpikeRate, int StructuralChanges,
    IReadOnlyList<EpochRecord> History)
{
    public static TrainingDescription Of(TrainingRecord training)
        => new(training.History.Count, training.BestEpoch, training.Batches, training.Rows, training.Seed, training.ValidationAccuracy, training.SpikeRate,
            training.Journal.Count, training.History);
}
