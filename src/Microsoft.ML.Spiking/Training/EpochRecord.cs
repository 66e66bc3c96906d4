namespace Microsoft.ML.Spiking;

/// <summary>What an epoch left in the history of a model.</summary>
/// <remarks>
/// Loss and accuracies are means by weight where rows or classes weigh (<see cref="SpikingNetworkOptions.ExampleWeightColumnName"/>,
/// <see cref="TrainingRecipe.ClassWeights"/>).
/// </remarks>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean cross entropy, in nats, over its batches.</param>
/// <param name="Accuracy">Training accuracy, with dropout and noise on.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation rows; null without such rows.</param>
/// <param name="SpikeRate">Mean spike rate, in spikes per neuron and time step.</param>
/// <param name="ConnectionDensity">Connections between columns, as a fraction of all possible ones.</param>
/// <param name="LearningRate">The readout's learning rate of its last batch.</param>
public sealed record EpochRecord(
    int Epoch, double Loss, double Accuracy, double? ValidationAccuracy, double SpikeRate, double ConnectionDensity, double LearningRate)
{
    /// <summary>Clustering coefficient of the connections at its end, 0 to 1.</summary>
    public double Clustering { get; init; }

    /// <summary>Characteristic path length of the connections at its end; null where no two columns are joined.</summary>
    public double? PathLength { get; init; }

    /// <summary>Connections that formed.</summary>
    public int Formed { get; init; }

    /// <summary>Connections that were pruned.</summary>
    public int Pruned { get; init; }

    /// <summary>
    /// STDP's share of what changed the connections' weights: Σ|Δ by STDP| / (Σ|Δ by STDP| + Σ|Δ by gradient|); null where nothing did.
    /// </summary>
    public double? StdpShare { get; init; }

    /// <summary>Columns that hardly fired, at less than 0.001 spikes per neuron and step: the readout learns nothing from them.</summary>
    public int DeadColumns { get; init; }

    /// <summary>Columns that fired nearly always, at more than 0.9 spikes per neuron and step.</summary>
    public int SaturatedColumns { get; init; }
}
