using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Codes;

/// <summary>What is measured of features, and what codes make of it, whatever the features.</summary>
[TestClass]
public class FeaturePropertyTests
{
    /// <summary>Rows [row][feature] of some steps and inputs, now and then with a value far off.</summary>
    private static readonly Gen<(float[][] Rows, int Steps, int Inputs)> s_columns =
        from rows in Gen.Int[1, 40]
        from steps in Gen.Int[1, 5]
        from inputs in Gen.Int[1, 5]
        from values in Gen.Frequency((20, Gen.Float[-1, 3]), (6, Gen.Const(0.5f)), (1, Gen.Float[50, 100])).Array[steps * inputs].Array[rows]
        select (values, steps, inputs);

    [TestMethod]
    public void A_meter_measures_what_adding_up_finds_of_all_that_lies_within_the_fences() => Property.ForAll(s_columns, drawn =>
    {
        var (rows, steps, inputs) = drawn;
        var meter = new FeatureMeter(InputShape.Sequence(steps, inputs, channels: 2 * inputs));
        foreach (float[] row in rows) meter.Add(row);
        FeatureStatistics measured = meter.Statistics();

        float[] all = [.. rows.SelectMany(row => row)];
        Same(Range(all, Changes(Enumerable.Range(0, inputs))), measured.All, "all");
        Assert.AreEqual(all.Average(value => (double)value), measured.Whole.Mean, 1e-5);
        Assert.AreEqual(Deviation(all), measured.Whole.Deviation, 1e-3);
        Assert.AreEqual(steps == 1, measured.IsFlat);
        Assert.HasCount(inputs, measured.Inputs);
        for (int input = 0; input < inputs; input++)
            Same(Range([.. rows.SelectMany(row => row.Where((_, i) => i % inputs == input))], Changes([input])), measured.Inputs[input], $"input {input}");

        double Changes(IEnumerable<int> of) => steps == 1 ? 0 : Math.Sqrt(of.SelectMany(input => rows.SelectMany(row => Enumerable.Range(1, steps - 1)
            .Select(step => (double)row[step * inputs + input] - row[(step - 1) * inputs + input]))).Average(change => change * change));
    });

    [TestMethod]
    public void Fences_hold_the_bulk_and_twice_its_width_around_it() => Property.ForAll(Gen.Float[-5, 5].Array[20, 300], values =>
    {
        // All of them different: no value is common.
        float[] sorted = [.. values.Distinct().Order()];
        if (sorted.Length < 20) return;
        int tail = Math.Min(Math.Max(sorted.Length / 100, 5), sorted.Length / 4);
        double low = sorted[tail], high = sorted[^(tail + 1)];
        OutlierFences fences = OutlierFences.Of(sorted);
        Assert.AreEqual((low - 2 * (high - low), high + 2 * (high - low)), (fences.Low, fences.High));
        Assert.IsTrue(fences.Holds(fences.Low) && fences.Holds(fences.High) && !fences.Holds(fences.High + 1) && !fences.Holds(fences.Low - 1));

        // A value that is more than half of all is set aside, and the others' bulk widened to it.
        float[] sparse = [.. sorted.Concat(Enumerable.Repeat(7f, sorted.Length + 1))];
        OutlierFences around = OutlierFences.Of(sparse);
        Assert.AreEqual((low - 2 * (7 - low), 7 + 2 * (7 - low)), (around.Low, around.High));
    });

    [TestMethod]
    public void A_sigmoid_takes_mean_and_deviation_as_they_are_given_or_measured()
        => Property.ForAll(Gen.Select(s_columns, Gen.Double[-1, 1].Nullable(), Gen.Double[0.1, 2].Nullable()), drawn =>
        {
            var (column, mean, deviation) = drawn;
            var meter = new FeatureMeter(InputShape.Sequence(column.Steps, column.Inputs, channels: 2 * column.Inputs));
            foreach (float[] row in column.Rows) meter.Add(row);
            FeatureStatistics measured = meter.Statistics();
            var code = new SigmoidCode { Mean = mean, Deviation = deviation };

            Assert.AreEqual(Standardisation.None, code.Standardise(measured, FeatureScaling.None));
            Standardisation shared = code.Standardise(measured, FeatureScaling.Shared), own = code.Standardise(measured, FeatureScaling.PerInput);
            Assert.IsTrue(shared.IsShared);
            Assert.AreEqual((float)(mean ?? measured.All.Mean), shared.Offset[0]);
            Assert.AreEqual(deviation is null && measured.All.Deviation == 0 ? 1 : (float)(deviation ?? measured.All.Deviation), shared.Unit[0]);
            if (mean is not null && deviation is not null)
            {
                Assert.AreEqual(shared, own);
                return;
            }
            for (int input = 0; input < column.Inputs; input++)
            {
                FeatureRange range = measured.Inputs[input];
                Assert.AreEqual((float)(mean ?? range.Mean), own.Offset[input]);
                Assert.AreEqual(deviation is null && range.Deviation == 0 ? float.PositiveInfinity : (float)(deviation ?? range.Deviation), own.Unit[input]);
            }
        });

    [TestMethod]
    public void A_row_is_standardised_number_by_number() => Property.ForAll(s_columns, drawn =>
    {
        float[] row = drawn.Rows[0], offset = [.. row.Take(drawn.Inputs).Select(x => x / 2)], unit = [.. row.Take(drawn.Inputs).Select(x => 1 + Math.Abs(x))];
        float[] own = [.. row], shared = [.. row];
        new Standardisation([.. offset], [.. unit]).Apply(own);
        new Standardisation(offset[0], unit[0]).Apply(shared);
        for (int i = 0; i < row.Length; i++)
        {
            Assert.AreEqual((row[i] - offset[i % drawn.Inputs]) / unit[i % drawn.Inputs], own[i]);
            Assert.AreEqual((row[i] - offset[0]) / unit[0], shared[i]);
        }
    });

    [TestMethod]
    public void A_stimulus_that_is_used_again_shows_what_a_fresh_one_shows() => Property.ForAll(Gen.Select(Networks.Codes, Networks.Codes, Gen.Float.Unit.Array[4, 24], Gen.Float.Unit.Array[4, 24], Gen.Int), drawn =>
    {
        var (first, second, before, row, seed) = drawn;
        const int steps = 4;
        float[] Whole(float[] x) => x[..(x.Length / steps * steps)];
        Stimulus used = new(steps), fresh = new(steps);
        Encode(first, Whole(before), used);
        Encode(second, Whole(row), used);
        Encode(second, Whole(row), fresh);
        Assert.AreEqual(fresh.IsConstant, used.IsConstant);
        Assert.AreEqual(fresh.Text(), used.Text());

        void Encode(SpikeCode code, float[] x, Stimulus stimulus)
            => code.Encode(x, code.InitialInputScales(x.Length), CounterRandom.FromSeed(seed), stimulus);
    });

    /// <summary>Of the values within the fences, each number by itself.</summary>
    private static FeatureRange Range(float[] values, double change)
    {
        float[] sorted = [.. values.Order()];
        OutlierFences fences = OutlierFences.Of(sorted);
        float[] held = [.. sorted.Where(value => fences.Holds(value))];
        return new FeatureRange(held.Average(value => (double)value), Deviation(held), held[0], held[^1], change);
    }

    private static double Deviation(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static void Same(FeatureRange expected, FeatureRange actual, string what)
    {
        Assert.AreEqual(expected.Mean, actual.Mean, 1e-5, $"mean of {what}");
        Assert.AreEqual(expected.Deviation, actual.Deviation, 1e-3, $"deviation of {what}");
        Assert.AreEqual((expected.Low, expected.High), (actual.Low, actual.High), $"bounds of {what}");
        Assert.AreEqual(expected.Change, actual.Change, 1e-5 * (1 + expected.Change), $"change of {what}");
    }
}
