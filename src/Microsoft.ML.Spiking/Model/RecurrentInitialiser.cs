using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Model;

/// <summary>The initial synapses between a layer's neurons, as <see cref="Recurrence"/> says; none where it has none.</summary>
internal static class RecurrentInitialiser
{
    private const int Source = 9;

    /// <summary>Which columns' neurons hear which columns': those that the layer's graph joins, and perhaps their own.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="seed">Its seed.</param>
    public static Graph Graph(Layer layer, int seed)
    {
        if (layer is not ColumnLayer { Recurrence: { } rule } columns) return Spiking.Graph.None;
        float[] heard = columns.Wired.Generate(columns.Columns, seed).ToAdjacency();
        for (int column = 0; column < columns.Columns && rule.OwnColumn; column++) heard[column * columns.Columns + column] = 1;
        return Spiking.Graph.FromAdjacency(columns.Columns, heard);
    }

    /// <param name="layer">The layer.</param>
    /// <param name="seed">Its seed.</param>
    /// <returns>[pair of columns, post, pre].</returns>
    public static float[] Draw(Layer layer, int seed)
    {
        if (layer is not ColumnLayer { Recurrence: { } rule } columns) return [];
        Graph graph = Graph(layer, seed);
        CounterRandom random = CounterRandom.FromSeed(seed).For(Source);
        int neurons = columns.NeuronsPerColumn, excitatory = columns.ExcitatoryNeurons, inhibitory = neurons - excitatory;
        double balance = excitatory == 0 || inhibitory == 0 ? 1 : (double)excitatory / inhibitory;
        var weights = new float[columns.RecurrentPairs * neurons * neurons];
        int at = 0;
        for (int post = 0; post < graph.Nodes; post++)
        {
            int[] heard = [.. Enumerable.Range(0, graph.Nodes).Where(pre => graph[post, pre])];
            double deviation = rule.Gain / Math.Sqrt((double)heard.Length * neurons);
            for (int end = at + heard.Length * neurons * neurons; at < end; at++)
                weights[at] = (float)(Math.Abs(random.Normal((ulong)at)) * deviation * (at % neurons < excitatory ? 1 : -balance));
        }
        return weights;
    }
}
