namespace Microsoft.ML.Spiking.Nir;

/// <summary>Neurons of a layer that are one node of a graph, or what the first layer reads.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Neurons">Where they stand in the layer, [neuron of the node].</param>
/// <param name="Sign">What a spike counts for the readout: 1 or -1.</param>
internal sealed record NirPopulation(int Node, int[] Neurons, int Sign);
