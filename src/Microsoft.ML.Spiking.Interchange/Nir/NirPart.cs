namespace Microsoft.ML.Spiking.Nir;

/// <summary>Neurons of a graph that become a population of a layer.</summary>
/// <param name="Node">Their node.</param>
/// <param name="Cells">What it holds.</param>
/// <param name="First">Of each column, how many neurons are before them.</param>
/// <param name="PerColumn">Of each column, how many they are.</param>
/// <param name="Sign">What a spike counts for the readout: 1 or -1.</param>
internal sealed record NirPart(NirPlanNode Node, NirCubaLif Cells, int First, int PerColumn, int Sign)
{
    /// <summary>Where a neuron of the node stands in its layer.</summary>
    /// <param name="neuron">Which of the node.</param>
    /// <param name="neuronsPerColumn">Of the layer.</param>
    public int Place(int neuron, int neuronsPerColumn) => neuron / PerColumn * neuronsPerColumn + First + neuron % PerColumn;
}
