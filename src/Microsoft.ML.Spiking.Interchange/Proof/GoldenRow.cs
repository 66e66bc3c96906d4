using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>A row that a network was shown before it was exported, and what it did.</summary>
/// <param name="Input">The row's features as they are before standardisation and code, flat; 0 and 1 of a spike train.</param>
/// <param name="Steps">Time steps that it was shown for; of a sequence that ends early, its own.</param>
/// <param name="Spikes">Spikes of each column (channel) of each layer, [layer][column]; of a convolution, before its pooling.</param>
/// <param name="SpikeRate">Spikes per neuron and step of all layers' columns, as the pipeline's SpikeRate.</param>
/// <param name="Label">The most probable class, from 0; -1 of a network without a readout.</param>
/// <param name="Score">Probability of each class, [classes].</param>
public sealed record GoldenRow(
    ImmutableArray<float> Input, int Steps, ImmutableArray<ImmutableArray<int>> Spikes, ImmutableArray<float> SpikeRate, int Label,
    ImmutableArray<float> Score);
