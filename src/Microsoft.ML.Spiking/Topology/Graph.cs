using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking;

/// <summary>Which column hears which: the connections between the columns, at one moment.</summary>
/// <remarks>
/// A connection leads from a presynaptic to a postsynaptic column. A Watts-Strogatz graph is symmetric at the start; pruning may take one
/// direction and leave the other, and the two measures of small worlds then count two columns as neighbours if either direction stands.
/// </remarks>
public sealed class Graph
{
    private readonly ImmutableArray<bool> _connected;

    internal Graph(int nodes, ImmutableArray<bool> connected) => (Nodes, _connected) = (nodes, connected);

    /// <summary>Of a layer without connections.</summary>
    internal static Graph None { get; } = new(0, []);

    /// <summary>The graph of an adjacency matrix [post, pre], row by row: connected where an entry is not 0.</summary>
    internal static Graph FromAdjacency(int nodes, ReadOnlySpan<float> adjacency)
    {
        var connected = new bool[nodes * nodes];
        for (int i = 0; i < connected.Length; i++) connected[i] = adjacency[i] != 0;
        return new Graph(nodes, ImmutableCollectionsMarshal.AsImmutableArray(connected));
    }

    /// <summary>Number of columns.</summary>
    public int Nodes { get; }

    /// <summary>Number of connections, each direction counted by itself.</summary>
    public int Connections => _connected.Count(c => c);

    /// <summary>Connections as a fraction of all Nodes² that are possible.</summary>
    public double Density => Nodes == 0 ? 0 : (double)Connections / _connected.Length;

    /// <summary>Whether column <paramref name="post"/> hears column <paramref name="pre"/>.</summary>
    public bool this[int post, int pre] => _connected[post * Nodes + pre];

    /// <summary>The adjacency matrix [post, pre], row by row, 1 where connected.</summary>
    internal float[] ToAdjacency() => [.. _connected.Select(c => c ? 1f : 0f)];

    /// <summary>The number of neighbours of a column, in either direction.</summary>
    public int Degree(int node) => Neighbours(node).Count();

    /// <summary>The mean over columns of the fraction of their pairs of neighbours that are neighbours too (Watts and Strogatz 1998).</summary>
    /// <returns>0 to 1; columns with fewer than two neighbours count as 0.</returns>
    public double ClusteringCoefficient()
    {
        double sum = 0;
        for (int node = 0; node < Nodes; node++)
        {
            int[] neighbours = [.. Neighbours(node)];
            if (neighbours.Length < 2) continue;
            int closed = 0;
            for (int i = 0; i < neighbours.Length; i++)
                for (int j = i + 1; j < neighbours.Length; j++)
                    if (AreNeighbours(neighbours[i], neighbours[j])) closed++;
            sum += 2.0 * closed / (neighbours.Length * (neighbours.Length - 1));
        }
        return sum / Nodes;
    }

    /// <summary>The mean number of steps between two columns, over all pairs that are joined by a path at all.</summary>
    /// <returns>At least 1; infinity where no two columns are joined.</returns>
    public double CharacteristicPathLength()
    {
        long steps = 0, pairs = 0;
        for (int start = 0; start < Nodes; start++)
        {
            foreach (int distance in DistancesFrom(start))
            {
                if (distance <= 0) continue;
                steps += distance;
                pairs++;
            }
        }
        return pairs == 0 ? double.PositiveInfinity : (double)steps / pairs;
    }

    private int[] DistancesFrom(int start)
    {
        var distance = new int[Nodes];
        Array.Fill(distance, -1);
        distance[start] = 0;
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out int node))
        {
            foreach (int next in Neighbours(node))
            {
                if (distance[next] >= 0) continue;
                distance[next] = distance[node] + 1;
                queue.Enqueue(next);
            }
        }
        return distance;
    }

    private IEnumerable<int> Neighbours(int node) => Enumerable.Range(0, Nodes).Where(other => AreNeighbours(node, other));

    private bool AreNeighbours(int a, int b) => a != b && (this[a, b] || this[b, a]);
}
