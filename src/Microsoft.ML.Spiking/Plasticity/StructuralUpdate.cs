namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>One update of <see cref="StructuralPlasticity"/>: growth, then pruning.</summary>
internal static class StructuralUpdate
{
    /// <param name="rule">The rule.</param>
    /// <param name="connections">What stands, and what decides; changed in place.</param>
    /// <param name="levels">What the thresholds are compared with.</param>
    /// <param name="batch">Batches trained so far, for the journal.</param>
    /// <returns>What formed and what went, in that order.</returns>
    public static List<StructuralChange> Apply(this StructuralPlasticity rule, Connections connections, StructuralLevels levels, int batch)
    {
        for (int pair = 0; pair < connections.Age.Length; pair++) connections.Age[pair]++;
        return [.. Grow(rule, connections, levels, batch), .. Prune(rule, connections, levels, batch)];
    }

    private static List<StructuralChange> Grow(StructuralPlasticity rule, Connections connections, StructuralLevels levels, int batch)
    {
        float[] topology = connections.Topology, potential = connections.Potential;
        double density = (double)connections.Count / topology.Length;
        int room = Math.Min((int)Math.Floor((rule.MaximumDensity - density) * topology.Length), Turnover(rule, connections));
        if (room <= 0) return [];

        // The published rule lets a column connect to itself.
        int[] pairs = [.. Enumerable.Range(0, topology.Length).Where(pair => levels == StructuralLevels.Absolute || !connections.IsSelf(pair))];
        double threshold = levels == StructuralLevels.Absolute ? rule.FormationThreshold : Math.Max(0, Level(rule.FormationThreshold, potential, pairs));
        int[] candidates = [.. pairs.Where(pair => topology[pair] == 0 && potential[pair] > threshold).OrderByDescending(pair => potential[pair])];
        int taken = Math.Min(room, candidates.Length);
        // And takes all that are as large as the last one taken.
        while (levels == StructuralLevels.Absolute && taken > 0 && taken < candidates.Length
            && potential[candidates[taken]] == potential[candidates[taken - 1]]) taken++;

        var formed = new List<StructuralChange>();
        foreach (int pair in candidates.AsSpan(0, taken))
        {
            topology[pair] = 1;
            connections.Age[pair] = 0;
            if (rule.InitialWeight is { } weight) connections.Weights[pair] = (float)weight;
            formed.Add(connections.Change(pair, batch, StructuralChangeKind.Formed, StructuralReason.CoActive));
        }
        return formed;
    }

    private static List<StructuralChange> Prune(StructuralPlasticity rule, Connections connections, StructuralLevels levels, int batch)
    {
        float[] topology = connections.Topology, weights = connections.Weights, usage = connections.Usage;
        int spare = Math.Min(connections.Count - (int)Math.Ceiling(rule.MinimumDensity * topology.Length), Turnover(rule, connections));
        if (spare <= 0) return [];

        int[] grown = [.. Enumerable.Range(0, topology.Length).Where(pair => topology[pair] != 0 && connections.Age[pair] >= rule.GracePeriod)];
        double threshold = levels == StructuralLevels.Absolute ? rule.PruningThreshold : Level(rule.PruningThreshold, usage, grown);
        IEnumerable<int> unused = grown
            .Where(pair => usage[pair] < threshold && (rule.WeakWeight is not { } weak || Math.Abs(weights[pair]) < weak))
            .OrderBy(pair => usage[pair])
            .Take(spare);
        var pruned = new List<StructuralChange>();
        foreach (int pair in unused.ToArray())
        {
            pruned.Add(connections.Change(pair, batch, StructuralChangeKind.Pruned,
                rule.WeakWeight is null ? StructuralReason.Unused : StructuralReason.UnusedAndWeak));
            topology[pair] = 0;
            weights[pair] = 0;
        }
        return pruned;
    }

    private static int Turnover(StructuralPlasticity rule, Connections connections) => (int)Math.Ceiling(rule.Turnover * connections.Topology.Length);

    /// <summary>The value that lies so many standard deviations above the mean of some pairs' values.</summary>
    private static double Level(double deviations, float[] values, int[] pairs)
    {
        if (pairs.Length == 0) return 0;
        double mean = pairs.Average(pair => (double)values[pair]), variance = pairs.Average(pair => (values[pair] - mean) * (values[pair] - mean));
        return mean + deviations * Math.Sqrt(variance);
    }
}
