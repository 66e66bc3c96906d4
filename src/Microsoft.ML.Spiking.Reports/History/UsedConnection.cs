namespace Microsoft.ML.Spiking;

/// <summary>A connection between two columns, and how much it is used.</summary>
/// <param name="From">The presynaptic column.</param>
/// <param name="To">The postsynaptic column.</param>
/// <param name="Weight">How much <paramref name="To"/> hears of <paramref name="From"/>, 0 to 1: the sigmoid of the learnt weight.</param>
/// <param name="Usage">Running usage at the end of training, as <see cref="Stdp"/> reckons it.</param>
public sealed record UsedConnection(int From, int To, double Weight, double Usage)
{
    /// <summary>All connections of a model, the most used first; equally used ones by <see cref="To"/>, then <see cref="From"/>.</summary>
    /// <param name="model">A trained network; where it learnt without <see cref="Stdp"/>, every usage is 0.</param>
    public static IReadOnlyList<UsedConnection> Of(SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int columns = model.Options.Columns;
        float[] weights = model.InterColumnWeights();
        return [.. Enumerable.Range(0, columns * columns)
            .Where(pair => model.Topology[pair / columns, pair % columns])
            .Select(pair => new UsedConnection(pair % columns, pair / columns, weights[pair], model.ConnectionUsage[pair]))
            .OrderByDescending(connection => connection.Usage)];
    }
}
