namespace Microsoft.ML.Spiking;

/// <summary>An epoch's end.</summary>
public sealed record EpochProgress : TrainingProgress
{
    /// <summary>Accuracy on the validation rows, predicted as the saved model will; null without such rows.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Mean over the epoch of the columns' firing rate, in spikes per neuron and time step.</summary>
    public required double SpikeRate { get; init; }

    /// <summary>Connections between columns, as a fraction of all possible ones.</summary>
    public required double ConnectionDensity { get; init; }
}
