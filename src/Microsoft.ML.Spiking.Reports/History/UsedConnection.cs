namespace Microsoft.ML.Spiking;

/// <summary>A connection between two columns, and how much it is used.</summary>
/// <param name="From">The presynaptic column.</param>
/// <param name="To">The postsynaptic column.</param>
/// <param name="Weight">How much <paramref name="To"/> hears of <paramref name="From"/>, 0 to 1: the sigmoid of the learnt weight.</param>
/// <param name="Usage">Running usage at the end of training, as the <see cref="PlasticityRule"/> reckons it.</param>
public sealed record UsedConnection(int From, int To, double Weight, double Usage)
{
    /// <summary>All connections of a model, the most used first; equally used ones by <see cref="To"/>, then <see cref="From"/>.</summary>
    /// <param name="model">A trained network; where it learnt without a <see cref="PlasticityRule"/>, every usage is 0.</param>
    /// <param name="layer">The layer whose columns they join, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The layer has no columns.</exception>
    public static IReadOnlyList<UsedConnection> Of(SpikingModel model, int layer = 0)
    {
        TrainedLayer trained = LayerChoice.Wired(model, layer);
        int columns = trained.Layer.Nodes;
        float[] weights = trained.Heard();
        return [.. Enumerable.Range(0, columns * columns)
            .Where(pair => trained.Topology[pair / columns, pair % columns])
            .Select(pair => new UsedConnection(pair % columns, pair / columns, weights[pair], trained.ConnectionUsage[pair]))
            .OrderByDescending(connection => connection.Usage)];
    }
}
