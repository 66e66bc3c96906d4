using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>From the weakest to the strongest of a graph's weights, to tell them apart by sight.</summary>
internal readonly record struct WeightRange(double Least, double Most)
{
    public static WeightRange Of(SpikingModel model)
    {
        IReadOnlyList<UsedConnection> connections = UsedConnection.Of(model);
        return connections.Count == 0 ? default : new WeightRange(connections.Min(connection => connection.Weight), connections.Max(connection => connection.Weight));
    }

    /// <summary>Where a weight lies, 0 to 1.</summary>
    public double Share(double weight) => Most > Least ? (weight - Least) / (Most - Least) : 0.5;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Least:0.000} to {Most:0.000}");
}
