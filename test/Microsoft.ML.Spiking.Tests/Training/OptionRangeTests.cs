using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Documents;

namespace Microsoft.ML.Spiking.Tests.Training;

/// <summary>Every option of every record has a range: what lies outside is refused by a sentence that names it, and what lies at its ends trains to finite numbers.</summary>
[TestClass]
public class OptionRangeTests
{
    // What memory and time a network of the largest sizes takes is ModelSize's to say.
    private const int LargestTrained = 100;

    private static readonly HashSet<string> s_sizes = ["Columns", "NeuronsPerColumn", "HiddenUnits", "TimeSteps"];

    // [4, 6] is an image, and a sequence too.
    private const int Height = 4, Width = 6;

    private static readonly NullabilityInfoContext s_nullability = new();

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Records => OptionsPage.OfNetworks.Where(record => OptionsPage.Members(record).Any()).Select(record => (object[])[record]);

    public static string NameOf(MethodInfo test, object[] record) => $"{test.Name}: {((Type)record[0]).Name}";

    [TestMethod]
    [DynamicData(nameof(Records), DynamicDataDisplayName = nameof(NameOf))]
    public void Numbers_are_refused_by_name_or_train_to_finite_numbers(Type record)
    {
        foreach (PropertyInfo member in OptionsPage.Members(record))
        {
            if (Extremes(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) is not { } extremes) continue;
            List<object> taken = [];
            foreach (object value in extremes)
            {
                if (Refusal(ExtremeOptions.With(record, member, value)) is not { } refusal) taken.Add(value);
                else RequireName(refusal, record, member, value);
            }
            Assert.AreNotEqual(0, taken.Count, $"{record.Name}.{member.Name} takes no number at all.");
            if (s_sizes.Contains(member.Name)) taken.RemoveAll(value => (int)value > LargestTrained);
            foreach (object value in Ends(taken)) Train(ExtremeOptions.With(record, member, value), record, member, value);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Records), DynamicDataDisplayName = nameof(NameOf))]
    public void Null_is_refused_by_name_where_there_must_be_something_and_off_elsewhere(Type record)
    {
        foreach (PropertyInfo member in OptionsPage.Members(record).Where(member => !member.PropertyType.IsValueType || Nullable.GetUnderlyingType(member.PropertyType) is not null))
        {
            SpikingNetworkOptions options = ExtremeOptions.With(record, member, null);
            bool mayBe = s_nullability.Create(member).WriteState == NullabilityState.Nullable;
            string? refusal = Refusal(options);
            if (!mayBe) Assert.IsNotNull(refusal, $"{record.Name}.{member.Name} is null, and nobody minds.");
            if (refusal is not null) RequireName(refusal, record, member, "null");
            else Train(options, record, member, "null");
        }
    }

    [TestMethod]
    public void A_list_that_was_never_made_or_has_a_hole_is_refused()
    {
        Assert.Contains("Layers holds no layer", Refusal(new SpikingNetworkOptions { Network = new SpikingNetwork { Layers = default } })!);
        Assert.Contains("Layers holds no layer, or one that is null", Refusal(new SpikingNetworkOptions { Network = new SpikingNetwork { Layers = [null!] } })!);
    }

    [TestMethod]
    public void More_batches_than_a_training_counts_are_refused_once_the_rows_are_known()
        => Assert.AreEqual("Epochs is 500000000, and an epoch of 12 rows has 3 batches, but a training is counted in at most 1000000000 of them; make Epochs smaller, or BatchSize larger. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Epochs = 500_000_000, BatchSize = 5 }).Fit(Data())).Message);

    [TestMethod]
    public void Columns_that_would_hide_each_other_are_refused()
    {
        Assert.AreEqual("ScoreColumnName is 'PredictedLabel', and so is PredictedLabelColumnName, but one column would hide the other; call them differently. [SPK1001]",
            Refusal(new SpikingNetworkOptions { ScoreColumnName = "PredictedLabel" }));
        Assert.AreEqual("SpikeRateColumnName is 'Features', and so is FeatureColumnName, but one column would hide the other; call them differently. [SPK1001]",
            Refusal(new SpikingNetworkOptions { SpikeRateColumnName = "Features" }));
        Assert.AreEqual("PredictedLabelColumnName is 'Label', and so is LabelColumnName, but one column would hide the other; call them differently. [SPK1001]",
            Refusal(new SpikingNetworkOptions { PredictedLabelColumnName = "Label" }));
        Assert.AreEqual("ProbabilityColumnName is 'Score', and so is ScoreColumnName, but one column would hide the other; call them differently. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => _ml.BinaryClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { ProbabilityColumnName = "Score" })).Message);
        Assert.IsNull(Refusal(new SpikingNetworkOptions { ScoreColumnName = "Probability" }), "Networks of several classes make no column of this name.");
    }

    private string? Refusal(SpikingNetworkOptions options)
    {
        try
        {
            _ml.MulticlassClassification.Trainers.SpikingNetwork(options);
            return null;
        }
        catch (ArgumentException refusal)
        {
            return refusal.Message;
        }
    }

    private static void RequireName(string sentence, Type record, PropertyInfo member, object value)
    {
        Assert.Contains(member.Name, sentence, StringComparison.OrdinalIgnoreCase, $"{record.Name}.{member.Name} = {value}");
        Assert.IsTrue(sentence.EndsWith(". [SPK1001]", StringComparison.Ordinal), sentence);
    }

    private void Train(SpikingNetworkOptions options, Type record, PropertyInfo member, object value)
    {
        // Reservoirs are not normalised.
        ColumnLearning[] ways = record == typeof(CurrentNormalisation) ? [new Surrogate()] : [options.Network.Layers[0].Learning, new Reservoir()];
        foreach (ColumnLearning learning in ways)
        {
            string which = $"{record.Name}.{member.Name} = {value}, {learning.GetType().Name}";
            try
            {
                SpikingNetworkTransformer trained = _ml.MulticlassClassification.Trainers.SpikingNetwork(
                    options with { Network = options.Network.EachLayer(layer => layer with { Learning = learning }), SpikeBudget = learning is Reservoir ? null : options.SpikeBudget }).Fit(Data());
                RequireFinite(trained, which);
            }
            catch (Exception misfit) when (misfit is ArgumentException or InvalidOperationException && (Trouble.Fit.Is(misfit) || Trouble.LibTorch.Is(misfit)))
            {
                // What these data, or this machine, do not allow is said of them by name too.
                Assert.IsTrue(misfit.Message.Contains(member.Name, StringComparison.Ordinal) || misfit.Message.Contains(record.Name, StringComparison.Ordinal), $"{which}: {misfit.Message}");
            }
            catch (Exception error) when (error is not AssertFailedException)
            {
                Assert.Fail($"{which}: {error}");
            }
        }
    }

    private void RequireFinite(SpikingNetworkTransformer trained, string which)
    {
        SpikingModel model = trained.Model;
        Finite("hidden weights", model.HiddenWeights);
        Finite("hidden bias", model.HiddenBias);
        Finite("output weights", model.OutputWeights);
        Finite("output bias", model.OutputBias);
        Finite("input scale", model.InputScale);
        foreach (TrainedLayer layer in model.Layers)
        {
            Finite("input weights", layer.InputWeights);
            Finite("weights between neurons", layer.RecurrentWeights);
            Finite("weights between columns", layer.InterWeights);
            Finite("rates", layer.AverageRate);
            Finite("target rate", [layer.TargetRate]);
        }
        foreach (EpochRecord epoch in model.Training.History) Assert.IsTrue(double.IsFinite(epoch.Loss), $"{which}: loss {epoch.Loss}");
        foreach (float[] scores in trained.Transform(Data()).GetColumn<float[]>("Score")) Finite("scores", [.. scores]);

        void Finite(string name, ImmutableArray<float> values) => Assert.IsTrue(values.All(float.IsFinite), $"{which}: {name}");
    }

    /// <summary>Of the numbers that were taken the least and the largest, and those next to 0.</summary>
    private static IEnumerable<object> Ends(List<object> taken)
    {
        if (taken[0] is TimeSpan) return taken;
        object[] ordered = [.. taken.OrderBy(Convert.ToDouble)];
        int zero = Array.FindIndex(ordered, value => Convert.ToDouble(value) >= 0);
        return zero < 0 ? [ordered[0], ordered[^1]] : ((object[])[ordered[0], ordered[^1], ordered[zero], ordered[Math.Min(zero + 1, ordered.Length - 1)], ordered[Math.Max(zero - 1, 0)]]).Distinct();
    }

    private static object[]? Extremes(Type type)
    {
        double[] powers = [.. Enumerable.Range(-45, 91).Select(power => Math.Pow(10, power))];
        if (type == typeof(double))
            return [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 0.0, -0.0, 0.5, .. powers, .. powers.Select(power => -power)];
        if (type == typeof(float))
            return [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 0f, .. powers.Where(power => power < 1e38).SelectMany(power => (float[])[(float)power, -(float)power])];
        if (type == typeof(long)) return [long.MinValue, -1L, 0L, 1L, 1L << 40, long.MaxValue];
        if (type == typeof(int)) return [int.MinValue, int.MaxValue, int.MaxValue - 1, -1, 0, 1, 2, .. Enumerable.Range(2, 29).Select(shift => 1 << shift)];
        if (type == typeof(TimeSpan)) return [TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromTicks(1)];
        return type.IsEnum ? [-1, 99, 0, 1] : null;
    }

    private IDataView Data()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(row => new Row { Class = "ab"[row % 2].ToString(), Features = [.. Enumerable.Range(0, Height * Width).Select(i => (i * 7 + row * 5) % 11 / 10f)] }));
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public string Class { get; set; } = "";

        [VectorType(Height, Width)]
        public float[] Features { get; set; } = [];
    }
}
