using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Plasticity;

/// <summary>What holds of growth and pruning whatever there is to grow and to prune.</summary>
[TestClass]
public class StructuralPropertyTests
{
    private static readonly Gen<StructuralPlasticity> s_rule =
        from maximum in Gen.Double.Unit
        from minimum in Gen.Double[0, maximum]
        from turnover in Gen.Double.Unit
        from formation in Gen.Double[-1, 1.5]
        from pruning in Gen.Double[-1.5, 1.5]
        from weak in Gen.Double[0, 1].Nullable()
        from initial in Gen.Double[-1, 1].Nullable()
        from grace in Gen.Int[0, 3]
        select new StructuralPlasticity
        {
            MinimumDensity = minimum, MaximumDensity = maximum, Turnover = turnover, FormationThreshold = formation, PruningThreshold = pruning,
            WeakWeight = weak, InitialWeight = initial, GracePeriod = grace,
        };

    private static readonly Gen<Connections> s_connections =
        from columns in Gen.Int[1, 9]
        from topology in Gen.OneOf(0f, 1f).Array[columns * columns]
        from weights in Gen.Float[-2, 2].Array[columns * columns]
        // Some of them equal: of these too it is said which connect.
        from potential in Gen.Frequency((1, Gen.OneOf(0.25f, 0.75f)), (1, Gen.Float[-1, 1])).Array[columns * columns]
        from usage in Gen.Float[-1, 1].Array[columns * columns]
        from age in Gen.Int[0, 5].Array[columns * columns]
        // As training leaves it: no column hears itself, and what is not connected is not used.
        select new Connections(columns, [.. topology.Select((connected, pair) => pair % columns == pair / columns ? 0 : connected)], weights, potential, usage, age);

    private static readonly Gen<(StructuralPlasticity Rule, Connections Before, StructuralLevels Levels)> s_updates = Gen.Select(s_rule, s_connections, Gen.Enum<StructuralLevels>());

    [TestMethod]
    public void The_journal_tells_each_change_and_nothing_else_changes() => Property.ForAll(s_updates, drawn =>
    {
        var (rule, before, levels) = drawn;
        Connections after = Copy(before);
        List<StructuralChange> journal = rule.Apply(after, levels, batch: 7);
        Assert.HasCount(journal.Count, journal.Select(change => (change.From, change.To, change.Kind)).Distinct().ToArray());
        float[] topology = [.. before.Topology], weights = [.. before.Weights];
        foreach (StructuralChange change in journal)
        {
            int pair = change.To * before.Columns + change.From;
            bool formed = change.Kind == StructuralChangeKind.Formed;
            Assert.AreEqual(formed ? 0 : 1, topology[pair], change.ToString());
            topology[pair] = formed ? 1 : 0;
            Assert.AreEqual(7, change.Batch);
            Assert.AreEqual(formed ? StructuralReason.CoActive : rule.WeakWeight is null ? StructuralReason.Unused : StructuralReason.UnusedAndWeak, change.Why);
            Assert.AreEqual((before.Potential[pair], before.Usage[pair]), (change.Potential, change.Usage));
            Assert.AreEqual(formed ? (float)(rule.InitialWeight ?? weights[pair]) : weights[pair], change.Weight);
            weights[pair] = formed ? change.Weight : 0;
        }
        CollectionAssert.AreEqual(topology, after.Topology);
        CollectionAssert.AreEqual(weights, after.Weights);
        CollectionAssert.AreEqual(before.Potential, after.Potential);
        CollectionAssert.AreEqual(before.Usage, after.Usage);
        for (int pair = 0; pair < after.Age.Length; pair++)
        {
            bool formed = journal.Any(change => change.Kind == StructuralChangeKind.Formed && change.To * before.Columns + change.From == pair);
            Assert.AreEqual(formed ? 0 : before.Age[pair] + 1, after.Age[pair], $"age of pair {pair}");
        }
    });

    [TestMethod]
    public void Growth_stays_below_the_band_and_pruning_above_it_and_neither_exceeds_the_turnover() => Property.ForAll(s_updates, drawn =>
    {
        var (rule, before, levels) = drawn;
        Connections after = Copy(before);
        List<StructuralChange> journal = rule.Apply(after, levels, batch: 1);
        int all = before.Topology.Length, most = (int)Math.Ceiling(rule.Turnover * all);
        int formed = journal.Count(change => change.Kind == StructuralChangeKind.Formed), pruned = journal.Count - formed;
        Assert.IsLessThanOrEqualTo(most, pruned);
        if (pruned > 0) Assert.IsGreaterThanOrEqualTo(rule.MinimumDensity, (double)after.Count / all);
        if (levels == StructuralLevels.Relative)
        {
            Assert.IsLessThanOrEqualTo(most, formed);
            if (formed > 0) Assert.IsLessThanOrEqualTo(rule.MaximumDensity + 1e-12, (before.Count + formed) / (double)all);
            Assert.IsTrue(Enumerable.Range(0, before.Columns).All(column => after.Topology[column * before.Columns + column] == 0), "no column comes to hear itself");
        }
    });

    [TestMethod]
    public void Of_pairs_that_could_those_that_fire_together_most_connect_and_of_connections_those_used_least_go() => Property.ForAll(s_updates, drawn =>
    {
        var (rule, before, levels) = drawn;
        Connections after = Copy(before);
        List<StructuralChange> journal = rule.Apply(after, levels, batch: 1);
        int[] Pairs(StructuralChangeKind kind) => [.. journal.Where(change => change.Kind == kind).Select(change => change.To * before.Columns + change.From)];
        int[] formed = Pairs(StructuralChangeKind.Formed), pruned = Pairs(StructuralChangeKind.Pruned), all = [.. Enumerable.Range(0, before.Topology.Length)];
        // Past their grace, after growth and before pruning.
        int[] grown = [.. all.Where(pair => (after.Topology[pair] != 0 || pruned.Contains(pair)) && after.Age[pair] >= rule.GracePeriod)];

        foreach (int pair in formed)
        {
            if (levels == StructuralLevels.Absolute) Assert.IsGreaterThan(rule.FormationThreshold, before.Potential[pair]);
            else Assert.IsGreaterThan(Math.Max(0, Level(rule.FormationThreshold, before.Potential, all.Where(other => !before.IsSelf(other)))), before.Potential[pair] + 1e-6);
            for (int other = 0; other < before.Topology.Length; other++)
            {
                if (before.Topology[other] != 0 || formed.Contains(other)) continue;
                // As published, what ties with the last one grown grows too.
                if (levels == StructuralLevels.Absolute) Assert.IsGreaterThan(before.Potential[other], before.Potential[pair], $"{pair} formed and {other} did not");
                else if (!before.IsSelf(other)) Assert.IsGreaterThanOrEqualTo(before.Potential[other], before.Potential[pair], $"{pair} formed and {other} did not");
            }
        }
        foreach (int pair in pruned)
        {
            Assert.IsGreaterThanOrEqualTo(rule.GracePeriod, after.Age[pair]);
            double most = levels == StructuralLevels.Absolute ? rule.PruningThreshold : Level(rule.PruningThreshold, before.Usage, grown);
            Assert.IsLessThan(most + 1e-6, before.Usage[pair]);
            if (rule.WeakWeight is { } weak) Assert.IsLessThan(weak, Math.Abs(before.Topology[pair] == 1 ? before.Weights[pair] : (float)(rule.InitialWeight ?? before.Weights[pair])));
            for (int other = 0; other < before.Topology.Length; other++)
                if (after.Topology[other] == 1 && after.Age[other] >= rule.GracePeriod && !(Math.Abs(after.Weights[other]) >= rule.WeakWeight))
                    Assert.IsLessThanOrEqualTo(before.Usage[other], before.Usage[pair], $"{pair} went and {other} did not");
        }
    });

    /// <summary>So many standard deviations above the mean, by the mean of the squares.</summary>
    private static double Level(double deviations, float[] values, IEnumerable<int> pairs)
    {
        double[] of = [.. pairs.Select(pair => (double)values[pair])];
        if (of.Length == 0) return 0;
        double mean = of.Average();
        return mean + deviations * Math.Sqrt(Math.Max(0, of.Average(value => value * value) - mean * mean));
    }

    private static Connections Copy(Connections connections) => connections with
    {
        Topology = [.. connections.Topology], Weights = [.. connections.Weights], Potential = [.. connections.Potential], Usage = [.. connections.Usage], Age = [.. connections.Age],
    };
}
