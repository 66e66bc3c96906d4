namespace Microsoft.ML.Spiking.Model;

/// <summary>The connections within a layer as they are drawn; none where it has no graph.</summary>
internal static class LayerConnections
{
    /// <param name="layer">The layer.</param>
    /// <param name="seed">Its seed.</param>
    /// <returns>[post, pre].</returns>
    public static float[] Weights(Layer layer, int seed) => layer is ColumnLayer columns ? InterColumnInitialiser.Draw(columns, seed) : [];

    /// <param name="layer">The layer.</param>
    /// <param name="seed">Its seed.</param>
    public static Graph Graph(Layer layer, int seed) => layer is ColumnLayer columns ? columns.Wired.Generate(columns.Columns, seed) : Spiking.Graph.None;
}
