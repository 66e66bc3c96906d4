using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>An epoch's end.</summary>
public sealed record EpochProgress : TrainingProgress
{
    /// <summary>Accuracy on the validation rows, predicted as the saved model will; null without such rows.</summary>
    public required double? ValidationAccuracy { get; init; }

    /// <summary>Mean over the epoch of the columns' spike rate, in spikes per neuron and time step.</summary>
    public required double SpikeRate { get; init; }

    /// <summary>Connections between columns, as a fraction of all possible ones.</summary>
    public required double ConnectionDensity { get; init; }

    /// <summary>Clustering coefficient of the connections, 0 to 1.</summary>
    public required double Clustering { get; init; }

    /// <summary>Characteristic path length of the connections; null where no two columns are joined.</summary>
    public required double? PathLength { get; init; }

    /// <summary>Connections that formed in this epoch.</summary>
    public required int Formed { get; init; }

    /// <summary>Connections that were pruned in this epoch.</summary>
    public required int Pruned { get; init; }

    /// <summary>STDP's share of what changed the connections' weights in this epoch, 0 to 1, the gradient's being the rest; null where nothing did.</summary>
    public required double? StdpShare { get; init; }

    /// <summary>Columns that hardly fired, at less than 0.001 spikes per neuron and step: the readout learns nothing from them.</summary>
    public int DeadColumns { get; init; }

    /// <summary>Columns that fired nearly always, at more than 0.9 spikes per neuron and step.</summary>
    public int SaturatedColumns { get; init; }

    /// <summary>One line, as the log has it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Epoch {Epoch} of {Epochs}: {Measures(ValidationAccuracy)}, spike rate {SpikeRate:F4}, connection density {ConnectionDensity:F4}{Extremes}, {Pace}.");

    /// <summary>Dead and saturated columns, where there are any, as a part of a line.</summary>
    internal string Extremes => string.Create(CultureInfo.InvariantCulture,
        $"{(DeadColumns > 0 ? $", {DeadColumns} columns dead" : "")}{(SaturatedColumns > 0 ? $", {SaturatedColumns} columns saturated" : "")}");
}
