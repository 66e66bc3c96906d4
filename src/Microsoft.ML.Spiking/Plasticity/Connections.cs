namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>The connections between C columns and what decides over them, on the host: matrices [post, pre], row by row, changed in place.</summary>
/// <param name="Columns">Number of columns, C.</param>
/// <param name="Topology">1 where connected, else 0.</param>
/// <param name="Weights">Weights, connected or not.</param>
/// <param name="Potential">Running co-activity of every pair.</param>
/// <param name="Usage">Running usage of every connection.</param>
/// <param name="Age">Structural updates that a connection has seen since it formed.</param>
internal sealed record Connections(int Columns, float[] Topology, float[] Weights, float[] Potential, float[] Usage, int[] Age)
{
    /// <summary>Number of connections.</summary>
    public int Count => Topology.Count(connected => connected != 0);

    /// <summary>Whether a pair is a column and itself.</summary>
    public bool IsSelf(int pair) => pair % Columns == pair / Columns;

    public StructuralChange Change(int pair, int batch, StructuralChangeKind kind, StructuralReason why)
        => new(batch, pair % Columns, pair / Columns, kind, why, Potential[pair], Usage[pair], Weights[pair]);
}
