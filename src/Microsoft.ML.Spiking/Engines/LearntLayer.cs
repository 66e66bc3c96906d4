namespace Microsoft.ML.Spiking.Engines;

/// <summary>A layer as it is in training; the matrices between columns are [post, pre].</summary>
/// <param name="Layer">What it is, with neurons as they were learnt.</param>
/// <param name="Input">What makes its currents of its inputs.</param>
/// <param name="InterWeights">Weights between columns.</param>
/// <param name="Topology">1 where columns are connected.</param>
/// <param name="Usage">Running usage of the connections.</param>
/// <param name="TargetRate">The rate that homeostasis aims at.</param>
internal sealed record LearntLayer(Layer Layer, NeuronInput Input, float[] InterWeights, float[] Topology, float[] Usage, float TargetRate)
{
    /// <summary>Weights between neurons, [pair of columns, post, pre]; empty where there are none.</summary>
    public float[] RecurrentWeights { get; init; } = [];

    /// <summary>Which columns' neurons hear which columns'.</summary>
    public Graph RecurrentTopology { get; init; } = Graph.None;
}
