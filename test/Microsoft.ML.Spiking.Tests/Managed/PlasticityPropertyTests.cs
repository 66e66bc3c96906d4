using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Managed;

/// <summary>What holds of both rules for the connections, and of homeostasis, whatever the columns do.</summary>
[TestClass]
public class PlasticityPropertyTests
{
    private const int Leading = 0, Following = 1;

    /// <summary>Connections among some columns, their weights, and rates [time, sample, column].</summary>
    private static readonly Gen<(int Columns, int Batch, float[] Rates, float[] Weights, float[] Topology)> s_activity =
        from columns in Gen.Int[1, 6]
        from steps in Gen.Int[1, 12]
        from batch in Gen.Int[1, 8]
        from rates in Gen.Frequency((3, Gen.Const(0f)), (4, Gen.Float[-0.5f, 1])).Array[steps * batch * columns]
        from weights in Gen.Float[-1, 1].Array[columns * columns]
        from topology in Gen.OneOf(0f, 1f).Array[columns * columns]
        select (columns, batch, rates, weights, topology);

    private static readonly Gen<CorrelationStdp> s_correlation = Gen.Select(Gen.Double[0, 1], Gen.Double[0, 0.1], Gen.Double[0, 0.1], Gen.Double[0.1, 30], Gen.Double[0.1, 30], Gen.Double[0, 1], Gen.Double[0, 1])
        .Select((rate, potentiation, depression, pre, post, potential, usage) => new CorrelationStdp
        {
            LearningRate = rate, Potentiation = potentiation, Depression = depression, PreTimeConstant = pre, PostTimeConstant = post,
            PotentialMemory = potential, UsageMemory = usage, WeightLimit = 2,
        });

    /// <summary>How many steps one column leads by, when it fires, how many samples there are in which it does, and for how long traces last.</summary>
    private static readonly Gen<(int Lag, int Start, int Firing, int Silent, double TimeConstant, float Rate)> s_pairing =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Double[0.5, 30], Gen.Float[0.1f, 1]);

    [TestMethod]
    public void Pre_before_post_strengthens_the_reverse_weakens_and_without_a_connection_nothing_moves() => Property.ForAll(s_pairing, drawn =>
    {
        var rule = new CorrelationStdp { LearningRate = 1, PreTimeConstant = drawn.TimeConstant, PostTimeConstant = drawn.TimeConstant };
        LayerArrays joined = Layer(2, [0, 1, 1, 0], new float[4]), apart = Layer(2, new float[4], new float[4]);
        float[] rates = OneLeadsTheOther(drawn);
        int batch = drawn.Firing + drawn.Silent;
        rule.Learn(joined, rates, batch);
        rule.Learn(apart, rates, batch);

        Span<float> change = joined.InterWeights.Weights.Span;
        float gained = change[Following * 2 + Leading], lost = change[Leading * 2 + Following];
        Assert.IsGreaterThan(0, gained);
        Assert.IsLessThan(0, lost);
        Assert.AreEqual(gained / rule.Potentiation, -lost / rule.Depression, 1e-5, "of the same correlation");
        CollectionAssert.AreEqual(new float[4], apart.InterWeights.Weights.Span.ToArray());
        CollectionAssert.AreEqual((float[])[0, 0], (float[])[change[0], change[3]], "no column hears itself");
    });

    [TestMethod]
    public void By_products_too() => Property.ForAll(s_pairing, drawn =>
    {
        // A presentation is a step as pre and the next as post: within it the two are at once, and only from one to another does order count. The first
        // step is none.
        (drawn.Lag, drawn.Start) = (drawn.Lag + 1, drawn.Start + 1);
        var rule = new ProductStdp { LearningRate = 1e-3, Interval = 1, PreTimeConstant = drawn.TimeConstant, PostTimeConstant = drawn.TimeConstant };
        LayerArrays joined = Layer(2, [0, 1, 1, 0], new float[4]), apart = Layer(2, new float[4], new float[4]);
        float[] rates = OneLeadsTheOther(drawn with { Firing = 1, Silent = 0 });
        rule.Learn(joined, rates, drawn.Rate);
        rule.Learn(apart, rates, drawn.Rate);

        Span<float> change = joined.InterWeights.Weights.Span;
        Assert.IsGreaterThan(0, change[Following * 2 + Leading]);
        Assert.IsLessThan(0, change[Leading * 2 + Following]);
        CollectionAssert.AreEqual(new float[4], apart.InterWeights.Weights.Span.ToArray());
    });

    [TestMethod]
    public void A_weight_moves_by_no_more_than_full_correlation_moves_it_and_stays_within_its_limit() => Property.ForAll(Gen.Select(s_correlation, s_activity), drawn =>
    {
        var (rule, activity) = drawn;
        LayerArrays layer = Layer(activity.Columns, activity.Topology, activity.Weights);
        rule.Learn(layer, activity.Rates, activity.Batch);
        float[] weights = layer.InterWeights.Weights.Span.ToArray();
        for (int pair = 0; pair < weights.Length; pair++)
        {
            if (activity.Topology[pair] == 0) Assert.AreEqual(activity.Weights[pair], weights[pair], $"pair {pair} is not connected");
            Assert.AreEqual(activity.Weights[pair], weights[pair], rule.LearningRate * (rule.Potentiation + rule.Depression) + 1e-6, $"pair {pair}");
            Assert.IsInRange(-2f, 2f, weights[pair]);
            Assert.IsInRange(-1 - 1e-5f, 1 + 1e-5f, layer.Plasticity.Potential[pair]);
            Assert.IsInRange(-1 - 1e-5f, 1 + 1e-5f, layer.Plasticity.Usage[pair]);
        }
    });

    [TestMethod]
    public void What_all_samples_share_and_how_strongly_all_fire_teaches_nothing() => Property.ForAll(Gen.Select(s_correlation, s_activity, Gen.Float[0.2f, 5], Gen.Int), drawn =>
    {
        var (rule, activity, factor, seed) = drawn;
        CounterRandom random = CounterRandom.FromSeed(seed);
        LayerArrays layer = Layer(activity.Columns, activity.Topology, activity.Weights), other = Layer(activity.Columns, activity.Topology, activity.Weights);
        float[] rates = [.. activity.Rates.Select((rate, i) => factor * (rate + Shared(i)))];
        rule.Learn(layer, activity.Rates, activity.Batch);
        rule.Learn(other, rates, activity.Batch);
        // Where nothing but rounding varies, a correlation is of rounding.
        if (activity.Batch == 1) return;
        for (int pair = 0; pair < activity.Weights.Length; pair++)
            if (Varies(pair / activity.Columns) && Varies(pair % activity.Columns))
                Assert.AreEqual(layer.InterWeights.Weights.Span[pair], other.InterWeights.Weights.Span[pair], 1e-3 * rule.LearningRate * (rule.Potentiation + rule.Depression) + 1e-6, $"pair {pair}");

        // Of each step and column, the same in all samples.
        float Shared(int i) => (float)random.Uniform((ulong)(i / (activity.Batch * activity.Columns) * activity.Columns + i % activity.Columns));

        bool Varies(int column)
        {
            int steps = activity.Rates.Length / (activity.Batch * activity.Columns);
            return Enumerable.Range(1, Math.Max(0, steps - 2)).Any(step => Spread(step - 1, column) > 0.05) && Enumerable.Range(1, Math.Max(0, steps - 1)).Any(step => Spread(step, column) > 0.05);
        }

        float Spread(int step, int column)
        {
            float[] ofStep = [.. Enumerable.Range(0, activity.Batch).Select(sample => activity.Rates[(step * activity.Batch + sample) * activity.Columns + column])];
            return ofStep.Max() - ofStep.Min();
        }
    });

    [TestMethod]
    public void The_order_of_the_samples_teaches_nothing() => Property.ForAll(Gen.Select(s_correlation, s_activity), drawn =>
    {
        var (rule, activity) = drawn;
        LayerArrays layer = Layer(activity.Columns, activity.Topology, activity.Weights), other = Layer(activity.Columns, activity.Topology, activity.Weights);
        var reversed = new float[activity.Rates.Length];
        for (int i = 0; i < reversed.Length; i++)
        {
            var (row, column) = Math.DivRem(i, activity.Columns);
            var (step, sample) = Math.DivRem(row, activity.Batch);
            reversed[(step * activity.Batch + activity.Batch - 1 - sample) * activity.Columns + column] = activity.Rates[i];
        }
        rule.Learn(layer, activity.Rates, activity.Batch);
        rule.Learn(other, reversed, activity.Batch);
        float largest = activity.Rates.Append(0).Max(MathF.Abs);
        for (int pair = 0; pair < activity.Weights.Length; pair++)
            if (largest > 0.01f) Assert.AreEqual(layer.InterWeights.Weights.Span[pair], other.InterWeights.Weights.Span[pair], 1e-3, $"pair {pair}");
    });

    [TestMethod]
    public void By_products_a_weight_stays_within_its_limit_and_moves_only_where_it_is_connected()
        => Property.ForAll(Gen.Select(s_activity, Gen.Int[1, 4], Gen.Double[0, 3], Gen.Float[0, 1]), drawn =>
        {
            var (activity, interval, learningRate, spikeRate) = drawn;
            var rule = new ProductStdp { LearningRate = learningRate, Interval = interval, WeightLimit = 1.5 };
            LayerArrays layer = Layer(activity.Columns, activity.Topology, activity.Weights);
            rule.Learn(layer, activity.Rates, spikeRate);
            for (int pair = 0; pair < activity.Weights.Length; pair++)
            {
                float weight = layer.InterWeights.Weights.Span[pair];
                if (activity.Topology[pair] == 0) Assert.AreEqual(activity.Weights[pair], weight, $"pair {pair} is not connected");
                Assert.IsInRange(-1.5f, 1.5f, weight);
            }
        });

    [TestMethod]
    public void Homeostasis_keeps_its_target_in_the_band_its_averages_among_what_was_measured_and_its_scales_within_their_bounds()
        => Property.ForAll(Gen.Select(Gen.Double[0.001, 0.3], Gen.Double[0, 0.3], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[1, 5], Gen.Float[0, 1].Array[2, 40]), drawn =>
        {
            var (initial, minimum, step, memory, least, most, measured) = drawn;
            var rule = new Homeostasis
            {
                InitialRate = initial, MinimumRate = minimum, MaximumRate = minimum + 0.1, TargetStep = step, RateMemory = memory, MinimumScale = least, MaximumScale = most,
            };
            var state = new PlasticityArrays(2, rule.InitialRate);
            float low = (float)initial, high = (float)initial;
            for (int i = 0; i + 1 < measured.Length; i += 2)
            {
                float before = state.TargetRate, mean = (measured[i] + measured[i + 1]) / 2;
                rule.Adapt(state, measured.AsSpan(i, 2));
                (low, high) = (Math.Min(low, Math.Min(measured[i], measured[i + 1])), Math.Max(high, Math.Max(measured[i], measured[i + 1])));
                Assert.IsInRange((float)rule.MinimumRate, (float)rule.MaximumRate, state.TargetRate);
                if (i > 0 && mean < (float)rule.MinimumRate) Assert.IsGreaterThanOrEqualTo(before, state.TargetRate);
                if (i > 0 && mean > (float)rule.MaximumRate) Assert.IsLessThanOrEqualTo(before, state.TargetRate);
                foreach (float average in state.AverageRate) Assert.IsInRange(low - 1e-5f, high + 1e-5f, average);
                float[] scales = rule.Scale(state);
                foreach (float scale in scales) Assert.IsInRange((float)least, (float)most, scale);
                int busier = state.AverageRate[0] > state.AverageRate[1] ? 0 : 1;
                Assert.IsLessThanOrEqualTo(scales[1 - busier], scales[busier], "the busier column's rates are not lifted above the other's");
            }
        });

    /// <summary>[time, sample, 2]: in the samples that fire, the one column fires once, and the other so many steps later.</summary>
    private static float[] OneLeadsTheOther((int Lag, int Start, int Firing, int Silent, double TimeConstant, float Rate) drawn)
    {
        int batch = drawn.Firing + drawn.Silent, steps = drawn.Start + drawn.Lag + 2;
        var rates = new float[steps * batch * 2];
        for (int sample = 0; sample < drawn.Firing; sample++)
        {
            rates[(drawn.Start * batch + sample) * 2 + Leading] = drawn.Rate;
            rates[((drawn.Start + drawn.Lag) * batch + sample) * 2 + Following] = drawn.Rate;
        }
        return rates;
    }

    private static LayerArrays Layer(int columns, float[] topology, float[] weights)
    {
        var layer = new LayerArrays(new ColumnLayer { Columns = columns, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 0 } }, index: 0, seed: 1);
        topology.CopyTo(layer.Topology, 0);
        weights.CopyTo(layer.InterWeights.Weights.Span);
        return layer;
    }
}
