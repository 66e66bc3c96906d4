namespace Microsoft.ML.Spiking;

/// <summary>One update of <see cref="StructuralPlasticity"/>, on the matrices between C columns, each [post, pre].</summary>
internal static class StructuralUpdate
{
    /// <param name="rule">The rule.</param>
    /// <param name="topology">1 where connected, else 0; changed in place.</param>
    /// <param name="weights">Weights; those of pruned connections become 0.</param>
    /// <param name="potential">Running product of post and pre.</param>
    /// <param name="usage">Running mean of a connection's size.</param>
    public static void Apply(this StructuralPlasticity rule, Span<float> topology, Span<float> weights, ReadOnlySpan<float> potential, ReadOnlySpan<float> usage)
    {
        Grow(rule, topology, potential);
        Prune(rule, topology, weights, usage);
    }

    private static void Grow(StructuralPlasticity rule, Span<float> topology, ReadOnlySpan<float> potential)
    {
        float connections = 0;
        foreach (float connected in topology) connections += connected;
        double density = (double)connections / topology.Length;
        int room = (int)Math.Floor((rule.MaximumDensity - density) * topology.Length);
        if (density >= rule.MaximumDensity || room == 0) return;

        var candidates = new List<float>();
        for (int i = 0; i < topology.Length; i++)
            if (topology[i] == 0 && potential[i] > rule.FormationThreshold) candidates.Add(potential[i]);
        if (candidates.Count == 0) return;
        candidates.Sort((a, b) => b.CompareTo(a));
        float last = candidates[Math.Min(room, candidates.Count) - 1];
        for (int i = 0; i < topology.Length; i++)
            if (topology[i] == 0 && potential[i] > rule.FormationThreshold && potential[i] >= last) topology[i] = 1;
    }

    private static void Prune(StructuralPlasticity rule, Span<float> topology, Span<float> weights, ReadOnlySpan<float> usage)
    {
        for (int i = 0; i < topology.Length; i++)
        {
            if (topology[i] == 0 || usage[i] >= rule.PruningThreshold || Math.Abs(weights[i]) >= rule.WeakWeight) continue;
            topology[i] = 0;
            weights[i] = 0;
        }
    }
}
