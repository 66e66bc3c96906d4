using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A small world: a ring lattice, some of whose edges are rewired at random (Watts and Strogatz, Nature 393, 1998).</summary>
public sealed record WattsStrogatz
{
    /// <summary>Columns of a graph, at most: a connection between every two of them is a number.</summary>
    internal const int MostNodes = 16_384;

    /// <summary>Neighbours of each column on the ring, half of them on each side; even, and fewer than the columns. Default 8.</summary>
    public int Neighbours { get; init; } = 8;

    /// <summary>Probability that an edge is rewired to a column drawn uniformly, 0 to 1. 0 is the ring itself. Default 0.15.</summary>
    public double RewiringProbability { get; init; } = 0.15;

    /// <summary>The default graph of so many columns: with 8 neighbours, or the largest even number below the columns'.</summary>
    internal static WattsStrogatz Default(int nodes) => new WattsStrogatz().Among(nodes);

    /// <summary>The same among so many columns: where they are too few, each has as many neighbours as there may be.</summary>
    internal WattsStrogatz Among(int nodes) => Neighbours < nodes ? this : this with { Neighbours = Math.Max(0, (nodes - 1) / 2 * 2) };

    /// <summary>Draws a graph: symmetric, without self-connections, always with <c>nodes · Neighbours / 2</c> edges.</summary>
    /// <param name="nodes">Number of columns, more than <see cref="Neighbours"/>.</param>
    /// <param name="seed">The same seed gives the same graph on every machine.</param>
    public Graph Generate(int nodes, int seed)
    {
        Require.Positive(nodes, "The number of columns", MostNodes);
        Check(nodes);
        var connected = new bool[nodes * nodes];
        bool Joined(int a, int b) => connected[a * nodes + b];
        void Join(int a, int b, bool joined) => connected[a * nodes + b] = connected[b * nodes + a] = joined;

        for (int offset = 1; offset <= Neighbours / 2; offset++)
            for (int node = 0; node < nodes; node++)
                Join(node, (node + offset) % nodes, true);

        var random = new RandomStream(CounterRandom.FromSeed(seed));
        for (int offset = 1; offset <= Neighbours / 2; offset++)
        {
            for (int node = 0; node < nodes; node++)
            {
                if (random.Uniform() >= RewiringProbability) continue;
                int[] free = [.. Enumerable.Range(0, nodes).Where(other => other != node && !Joined(node, other))];
                if (free.Length == 0) continue;
                Join(node, (node + offset) % nodes, false);
                Join(node, free[random.Below(free.Length)], true);
            }
        }
        return new Graph(nodes, ImmutableCollectionsMarshal.AsImmutableArray(connected));
    }

    /// <summary>What theory expects of the graphs that <see cref="Generate"/> draws.</summary>
    /// <param name="nodes">Number of columns, more than <see cref="Neighbours"/>.</param>
    /// <exception cref="ArgumentException">No graph of so many columns can be drawn.</exception>
    public SmallWorldTheory Theory(int nodes)
    {
        Check(nodes);
        return new SmallWorldTheory(nodes, Neighbours, RewiringProbability);
    }

    internal void Check(int nodes)
    {
        Require.Positive(nodes, "The number of columns");
        Require.That(Neighbours >= 0 && Neighbours % 2 == 0 && Neighbours < nodes,
            $"Wiring.Neighbours is {Neighbours}, but {nodes} columns need an even number below {nodes}.");
        Require.That(RewiringProbability is >= 0 and <= 1,
            $"Wiring.RewiringProbability is {RewiringProbability}, but a probability lies between 0 and 1.");
    }
}
