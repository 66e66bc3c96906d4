namespace Microsoft.ML.Spiking;

/// <summary>What theory expects of a small world: how clustered it is, and between which two limits its path length lies.</summary>
/// <remarks>
/// Holds for graphs that are large and sparse; small ones stray from it by some hundredths.
/// Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 1998, give the limits;
/// Barrat and Weigt, "On the properties of small-world network models", European Physical Journal B 13, 2000, the clustering between them.
/// </remarks>
/// <param name="Nodes">Number of columns, n.</param>
/// <param name="Degree">Neighbours of a column, k; of a graph that has grown or was pruned, their mean.</param>
/// <param name="RewiringProbability">Probability that an edge of the ring was rewired, p.</param>
public sealed record SmallWorldTheory(int Nodes, double Degree, double RewiringProbability)
{
    /// <summary>Clustering of the ring lattice, C(0) = 3(k - 2) / 4(k - 1); 0 below three neighbours.</summary>
    public double LatticeClustering => Degree > 2 ? 3 * (Degree - 2) / (4 * (Degree - 1)) : 0;

    /// <summary>Clustering of a random graph, k / n.</summary>
    public double RandomClustering => Degree / Nodes;

    /// <summary>Clustering to expect, C(p) = C(0) · (1 - p)³: the chance that none of a triangle's three edges was rewired.</summary>
    public double Clustering => LatticeClustering * Math.Pow(1 - RewiringProbability, 3);

    /// <summary>Path length of the ring lattice, n(n + k - 2) / 2k(n - 1), which nears n / 2k; infinity without neighbours.</summary>
    public double LatticePathLength => Degree > 0 ? Nodes * (Nodes + Degree - 2) / (2 * Degree * (Nodes - 1)) : double.PositiveInfinity;

    /// <summary>Path length of a random graph, ln n / ln k; infinity with no more than one neighbour.</summary>
    public double RandomPathLength => Degree > 1 ? Math.Log(Nodes) / Math.Log(Degree) : double.PositiveInfinity;
}
