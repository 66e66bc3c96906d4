using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

[TestClass]
public class PoissonEncodingTests
{
    private const int Steps = 400;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_output_is_a_sparse_vector_of_time_and_inputs()
    {
        IDataView spikes = Spikes(Rows(), seed: 1);

        var type = (VectorDataViewType)spikes.Schema["Spikes"].Type;
        Assert.AreEqual(BooleanDataViewType.Instance, type.ItemType);
        CollectionAssert.AreEqual(new[] { Steps, 3 }, type.Dimensions.ToArray());
        VBuffer<bool> first = Trains(spikes)[0];
        Assert.IsFalse(first.IsDense);
        Assert.AreEqual(3 * Steps, first.Length);
    }

    [TestMethod]
    public void Each_input_spikes_at_its_rate()
    {
        float[] intensities = [0, 0.25f, 2];
        VBuffer<bool> train = Trains(Spikes(_ml.Data.LoadFromEnumerable([new Row { Features = intensities }]), seed: 1))[0];

        int[] spikes = new int[3];
        foreach (var (position, spike) in train.Items())
            if (spike) spikes[position % 3]++;
        Assert.AreEqual(0, spikes[0]);
        // 0.8 of 0.25, and at most 0.8 however bright: 400 draws deviate by √(400 · p · (1 - p)), here 8 both times.
        Assert.AreEqual(80, spikes[1], 4 * 8);
        Assert.AreEqual(320, spikes[2], 4 * 8);
    }

    [TestMethod]
    public void A_train_that_is_full_of_spikes_is_dense()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Features = [1, 1, 1] }]);
        var encoding = _ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 2, maximumProbability: 1, seed: 1, FeatureScaling.None);

        CollectionAssert.AreEqual(Enumerable.Repeat(true, 6).ToArray(), Trains(encoding.Fit(data).Transform(data))[0].DenseValues().ToArray());
    }

    [TestMethod]
    public void A_row_has_the_same_spikes_in_every_cursor_in_any_order_and_in_a_loaded_model()
    {
        IDataView data = Rows(), spikes = Spikes(data, seed: 1);
        string[] once = ById(spikes);

        CollectionAssert.AreEqual(once, ById(spikes));
        IDataView shuffled = _ml.Data.ShuffleRows(data, seed: 5);
        CollectionAssert.AreNotEqual(data.GetColumn<int>("Id").ToArray(), shuffled.GetColumn<int>("Id").ToArray());
        CollectionAssert.AreEqual(once, ById(Spikes(shuffled, seed: 1)));
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), Encoding(seed: 1).Fit(data), data.Schema, out _);
        CollectionAssert.AreEqual(once, ById(loaded.Transform(data)));
    }

    [TestMethod]
    public void Another_seed_and_another_row_have_other_spikes()
    {
        string[] one = ById(Spikes(Rows(), seed: 1)), two = ById(Spikes(Rows(), seed: 2));

        for (int row = 0; row < one.Length; row++) Assert.AreNotEqual(one[row], two[row]);
        Assert.HasCount(one.Length, one.Select(text => text[text.IndexOf(':', StringComparison.Ordinal)..]).Distinct().ToArray());
    }

    [TestMethod]
    public void The_seed_is_the_contexts_unless_it_is_given()
    {
        PoissonEncoding Of(MLContext ml) => ml.Transforms.PoissonEncoding("Spikes", "Features").Fit(Rows()).Encoding;

        Assert.AreEqual(new PoissonEncoding("Spikes", "Features", 50, 0.5, 4, FeatureScaling.Shared), Of(new MLContext(seed: 4)));
        Assert.AreNotEqual(Of(new MLContext()).Seed, Of(new MLContext()).Seed);
    }

    [TestMethod]
    public void A_value_that_is_not_a_number_does_not_spike()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Features = [float.NaN, 0, float.NaN] }]);

        Assert.AreEqual(0, Trains(Spikes(data, seed: 1))[0].GetValues().Length);
    }

    [TestMethod]
    public void Features_of_different_kinds_are_scaled_by_what_was_measured()
    {
        // Pressure and temperature: the lowest of each never spikes, the highest in every step, and one that was not seen in between as often as it lies high.
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 11).Select(i => new Row { Features = [1000 + i, 5, 290 - i] }).ToArray());
        ITransformer encoding = _ml.Transforms.PoissonEncoding("Spikes", "Features", Steps, maximumProbability: 1, seed: 1).Fit(data);
        ITransformer loaded = EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), encoding, data.Schema, out _);

        foreach (ITransformer transformer in (ITransformer[])[encoding, loaded])
        {
            VBuffer<bool> train = Trains(transformer.Transform(_ml.Data.LoadFromEnumerable([new Row { Features = [1000, 9, 290] }, new Row { Features = [1002.5f, 5, 270] }])))[0];
            Assert.IsTrue(train.Items().All(spike => spike.Key % 3 == 2), "of the lowest pressure, a constant input and the highest temperature only the last spikes");
            Assert.AreEqual(Steps, train.Items().Count());
        }
    }

    [TestMethod]
    public void A_null_vector_gives_a_train_that_is_null_and_one_of_another_length_is_refused()
    {
        VBuffer<bool>[] trains = Trains(Spikes(_ml.Data.LoadFromEnumerable([new Row { Features = [1, 1, 1] }, new Row { Features = null! }, new Row { Features = [1, 1, 1] }]), seed: 1));

        CollectionAssert.AreEqual((int[])[3 * Steps, 0, 3 * Steps], trains.Select(train => train.Length).ToArray());
        CollectionAssert.AreEqual(trains[0].GetIndices().ToArray(), trains[2].GetIndices().ToArray());
        Assert.AreEqual("Row 0, from 0, of 'Features' holds 2 values, but 3 are needed; give it all of them, or null where it is missing. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Trains(Spikes(_ml.Data.LoadFromEnumerable([new Row { Features = [1, 1] }]), seed: 1))).Message);
    }

    [TestMethod]
    public void Numbers_that_cannot_be_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.PoissonEncoding("Spikes", timeSteps: 0));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.PoissonEncoding("Spikes", maximumProbability: 1.5));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.PoissonEncoding(" "));
    }

    private PoissonEncodingEstimator Encoding(int seed) => _ml.Transforms.PoissonEncoding("Spikes", "Features", Steps, maximumProbability: 0.8, seed, FeatureScaling.None);

    private IDataView Spikes(IDataView data, int seed) => Encoding(seed).Fit(data).Transform(data);

    private IDataView Rows()
        => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new Row { Id = i, Features = [i / 12f, 0.5f, 1 - i / 12f] }).ToArray());

    private static VBuffer<bool>[] Trains(IDataView view)
    {
        var trains = new List<VBuffer<bool>>();
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Spikes"]]);
        ValueGetter<VBuffer<bool>> get = cursor.GetGetter<VBuffer<bool>>(view.Schema["Spikes"]);
        while (cursor.MoveNext())
        {
            VBuffer<bool> train = default;
            get(ref train);
            trains.Add(train);
        }
        return [.. trains];
    }

    private static string[] ById(IDataView spikes)
        => [.. spikes.GetColumn<int>("Id").Zip(Trains(spikes), (id, train) => $"{id}: {string.Join(' ', train.Items().Where(s => s.Value).Select(s => s.Key))}").Order()];

    private sealed class Row
    {
        public int Id { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
