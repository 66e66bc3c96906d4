using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class IdxInPipelinesTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void MapKeyToValue_gives_the_digit_back()
    {
        IDataView data = Rows(0, 7, 3);

        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Digit", "Label").Fit(data).Transform(data);

        CollectionAssert.AreEqual(new[] { "0", "7", "3" }, named.GetColumn<string>("Digit").ToArray());
    }

    [TestMethod]
    public void Rows_become_objects_of_a_class_with_a_float_array_and_a_uint()
    {
        Digit[] digits = [.. _ml.Data.CreateEnumerable<Digit>(Rows(2, 0, 1), reuseRowObject: false)];

        CollectionAssert.AreEqual(new uint[] { 3, 1, 2 }, digits.Select(digit => digit.Label).ToArray());
        CollectionAssert.AreEqual(new[] { 0f, 15 / 255f, 30 / 255f }, digits.Select(digit => digit.Features[0]).ToArray());
    }

    [TestMethod]
    public void TakeRows_and_SkipRows_cut_out_the_rows_asked_for()
    {
        IDataView data = Rows(0, 1, 2, 3, 4);

        CollectionAssert.AreEqual(new uint[] { 1, 2 }, LabelsOf(_ml.Data.TakeRows(data, 2)));
        CollectionAssert.AreEqual(new uint[] { 4, 5 }, LabelsOf(_ml.Data.SkipRows(data, 3)));
    }

    [TestMethod]
    public void A_cache_reads_the_files_once()
    {
        IDataView cached = _ml.Data.Cache(Rows(0, 1, 2), "Features", "Label");
        uint[] first = LabelsOf(cached);
        int pixels = cached.GetColumn<float[]>("Features").Sum(row => row.Length);
        File.Delete(_folder.PathOf("images"));
        File.Delete(_folder.PathOf("labels"));

        CollectionAssert.AreEqual(first, LabelsOf(cached));
        Assert.AreEqual(pixels, cached.GetColumn<float[]>("Features").Sum(row => row.Length));
    }

    [TestMethod]
    public void A_split_shares_every_row_out_once()
    {
        IDataView data = Rows([.. Enumerable.Range(0, 40).Select(i => (byte)i)]);

        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(data, testFraction: 0.25);

        uint[] train = LabelsOf(split.TrainSet);
        uint[] test = LabelsOf(split.TestSet);
        Assert.IsNotEmpty(train);
        Assert.IsNotEmpty(test);
        CollectionAssert.AreEquivalent(Enumerable.Range(1, 40).Select(i => (uint)i).ToArray(), train.Concat(test).ToArray());
    }

    [TestMethod]
    public void A_stock_trainer_learns_from_it_and_its_confusion_table_names_the_digits()
    {
        IDataView data = Rows([.. Enumerable.Range(0, 16).Select(i => (byte)(i / 8))]);

        var model = _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(data);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(data));

        Assert.AreEqual(1, metrics.MicroAccuracy);
        StringAssert.Matches(metrics.ConfusionMatrix.GetFormattedConfusionTable(), new(@"PREDICTED \|\|\s+0 \|\s+1 \|"));
    }

    private IDataView Rows(params byte[] labels)
        => _ml.Data.LoadFromIdx(_folder.PackedImages("images", labels.Length), _folder.Labels("labels", labels));

    private static uint[] LabelsOf(IDataView data) => [.. data.GetColumn<uint>("Label")];

    private sealed class Digit
    {
        [VectorType(5, 3)]
        public float[] Features { get; set; } = [];

        [KeyType(256)]
        public uint Label { get; set; }
    }
}
