using CsCheck;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Proof;

[TestClass]
public class GoldenRowsTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly Lazy<SpikingNetworkTransformer> s_network = new(() => s_ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
    {
        Network = new SpikingNetwork { TimeSteps = 8 }.EachLayer(layer => layer with { Columns = 4, NeuronsPerColumn = 10 }), Batches = 5, Seed = 1,
    }).Fit(Toy.Rows(s_ml)));

    private static SpikingModel Model => s_network.Value.Model;

    private static GoldenRows Golden => GoldenRows.Of(Model, Toy.Rows(s_ml), count: 5);

    [TestMethod]
    public void They_say_what_the_pipeline_gives_and_what_the_recorder_counts()
    {
        GoldenRows golden = Golden;
        IDataView scored = s_network.Value.Transform(s_ml.Data.TakeRows(Toy.Rows(s_ml), 5));
        Assert.HasCount(5, golden.Rows);
        CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").Select(key => (int)key - 1).ToArray(), golden.Rows.Select(row => row.Label).ToArray());
        CollectionAssert.AreEqual(scored.GetColumn<float[]>("Score").SelectMany(score => score).ToArray(), golden.Rows.SelectMany(row => row.Score).ToArray());
        CollectionAssert.AreEqual(scored.GetColumn<float[]>("SpikeRate").SelectMany(rates => rates).ToArray(), golden.Rows.SelectMany(row => row.SpikeRate).ToArray());
        GoldenRow first = golden.Rows[0];
        CollectionAssert.AreEqual(new SpikeRecorder(Model).Record(first.Input.AsSpan()).Layers[0].SpikeCount, first.Spikes[0]);
        Assert.IsGreaterThan(0, first.Spikes[0].Sum());
    }

    [TestMethod]
    public void What_changed_nothing_keeps_the_promise()
    {
        GoldenResult result = Golden.Check(Model);
        Assert.IsTrue(result.IsKept);
        Assert.AreEqual("5 golden rows: kept; 0 spikes changed, 0 labels changed, scores within 0.", result.ToString());
    }

    [TestMethod]
    public void They_are_the_same_as_JSON_and_back()
    {
        GoldenRows golden = Golden with { ScoreTolerance = 0.25, SpikeTolerance = 3 };
        string json = golden.ToJson();
        GoldenRows read = GoldenRows.Parse(json);
        Assert.AreEqual(json, read.ToJson());
        Assert.AreEqual(0.25, read.ScoreTolerance);
        Assert.AreEqual(3, read.SpikeTolerance);
        CollectionAssert.AreEqual(golden.Rows[4].Input, read.Rows[4].Input);
        Assert.IsTrue(read.Check(Model).IsKept);
    }

    [TestMethod]
    public void A_weight_that_changed_is_told_by_its_spikes()
    {
        SpikingModel changed = Model with { Layers = [Model.Layers[0] with { InputWeights = [.. Model.Layers[0].InputWeights.Select(weight => -weight)] }] };
        GoldenResult result = Golden.Check(changed);
        Assert.IsFalse(result.IsKept);
        Assert.IsGreaterThan(0, result.ChangedSpikes);
        StringAssert.Contains(result.FirstDifference, "row 0: ");
    }

    [TestMethod]
    public void A_readout_that_changed_is_told_by_labels_or_by_scores()
    {
        GoldenResult turned = Golden.Check(Model with { OutputWeights = [.. Model.OutputWeights.Select(weight => -weight)], OutputBias = [.. Model.OutputBias.Select(bias => -bias)] });
        Assert.IsFalse(turned.IsKept);
        Assert.IsGreaterThan(0, turned.ChangedLabels);
        Assert.AreEqual(0, turned.ChangedSpikes);

        GoldenResult cooler = Golden.Check(Model with { Temperature = 1.1f });
        Assert.AreEqual(0, cooler.ChangedLabels);
        Assert.AreEqual(5, cooler.BrokenRows);
        StringAssert.Contains(cooler.FirstDifference, "a score");
    }

    [TestMethod]
    public void Spikes_that_may_differ_break_nothing_and_nor_do_the_scores_that_follow_them()
    {
        GoldenRow first = Golden.Rows[0];
        int[][] more = [.. first.Spikes.Select(layer => layer.ToArray())];
        more[0][1] += 2;
        var answer = new GoldenAnswer(more, null, first.Label, [.. first.Score.Select(score => score * 0.9f)]);
        GoldenRows one = GoldenRows.Of(Model, Toy.Rows(s_ml), count: 1);
        Assert.IsFalse(one.Check(new Answering(answer)).IsKept);
        Assert.IsFalse((one with { SpikeTolerance = 1 }).Check(new Answering(answer)).IsKept);
        Assert.IsTrue((one with { SpikeTolerance = 2 }).Check(new Answering(answer)).IsKept);
        Assert.IsFalse((one with { SpikeTolerance = 2 }).Check(new Answering(answer with { Label = (first.Label + 1) % 2 })).IsKept, "a label may not");
        Assert.IsFalse((one with { SpikeTolerance = 2 }).Check(new Answering(answer with { Spikes = [.. first.Spikes.Select(layer => layer.ToArray())] })).IsKept, "the same spikes give the same scores");
    }

    [TestMethod]
    public void Rates_tell_spikes_where_a_file_gives_no_more()
    {
        GoldenRow first = Golden.Rows[0];
        float[] rates = [.. first.SpikeRate];
        rates[2] += 3f / (10 * first.Steps);
        GoldenResult result = GoldenRows.Of(Model, Toy.Rows(s_ml), count: 1).Check(new Answering(new GoldenAnswer(null, rates, null, null)));
        Assert.AreEqual(3, result.ChangedSpikes);
        Assert.AreEqual("1 golden rows: 1 broken; 3 spikes changed, labels not told by the file, scores not told by the file.", result.ToString());
    }

    [TestMethod]
    public void Features_in_another_order_are_found_by_their_names()
    {
        IDataView pairs = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(i => new Pair { A = i % 2, B = i * 0.01f, Label = (uint)(i % 2) }).ToArray());
        IDataView rows = s_ml.Transforms.Concatenate("Features", "A", "B").Fit(pairs).Transform(pairs);
        IDataView turned = s_ml.Transforms.Concatenate("Features", "B", "A").Fit(pairs).Transform(pairs);
        SpikingModel model = s_ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Batches = 2, Seed = 1 }).Fit(rows).Model;
        Assert.AreEqual(GoldenRows.Of(model, rows, 4).ToJson(), GoldenRows.Of(model, turned, 4).ToJson());
    }

    [TestMethod]
    public void A_tolerance_that_is_none_is_refused_where_it_is_set()
    {
        GoldenRows golden = Golden;
        foreach (double far in (double[])[double.NaN, -1, 1.5])
            Assert.IsTrue(Trouble.Options.Is(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => golden with { ScoreTolerance = far })));
        foreach (int spikes in (int[])[-1, int.MaxValue])
            Assert.IsTrue(Trouble.Options.Is(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => golden with { SpikeTolerance = spikes })));
    }

    [TestMethod]
    public void What_cannot_be_compared_is_no_promise_kept()
    {
        GoldenRow first = Golden.Rows[0];
        int[][] spikes = [.. first.Spikes.Select(layer => layer.ToArray())];
        Refused(new GoldenAnswer(null, null, null, null), "tells neither spikes nor a class nor scores");
        Refused(new GoldenAnswer([.. spikes, [0, 0]], null, null, null), "they are of columns [4], but the network has [4, 2]");
        Refused(new GoldenAnswer([[.. spikes[0], 7]], null, null, null), "they are of columns [4], but the network has [5]");
        Refused(new GoldenAnswer(null, [.. first.SpikeRate.Take(3)], null, null), "they are of 4 columns, but the network has 3");
        Refused(new GoldenAnswer(null, null, first.Label, [.. first.Score, 0]), "they are of 2 classes, but the network has 3");

        static void Refused(GoldenAnswer answer, string words)
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => GoldenRows.Of(Model, Toy.Rows(s_ml), count: 1).Check(new Answering(answer)));
            StringAssert.Contains(error.Message, words);
            Assert.IsTrue(Trouble.Foreign.Is(error));
        }
    }

    [TestMethod]
    public void Rates_that_are_no_numbers_change_more_spikes_than_there_are_and_never_fewer()
    {
        float[] none = [.. Golden.Rows[0].SpikeRate.Select(_ => float.NaN)];
        GoldenResult result = Golden.Check(new Answering(new GoldenAnswer(null, none, null, null)));
        Assert.AreEqual(5, result.BrokenRows);
        Assert.IsGreaterThan(1_000_000_000L, result.ChangedSpikes);
    }

    [TestMethod]
    [DataRow("\"Version\":\"1\"", "\"Version\":\"2\"", "are of version '2', but this library reads '1'")]
    [DataRow("\"Steps\":8", "\"Steps\":0", "row 0 takes 0 time steps")]
    [DataRow("\"Neurons\":[10]", "\"Neurons\":[10,10]", "are not those of one layer or more")]
    [DataRow("\"Dimensions\":[6]", "\"Dimensions\":[7]", "row 0 has 6 features instead of 7")]
    [DataRow("\"Dimensions\":[6]", "\"Dimensions\":[-6]", "their Dimensions are none")]
    [DataRow("\"Columns\":[4]", "\"Columns\":[5]", "row 0 has 4 spike rates instead of 5")]
    [DataRow("\"ScoreTolerance\":1E-05", "\"ScoreTolerance\":7", "ScoreTolerance is 7")]
    [DataRow("\"SpikeTolerance\":0", "\"SpikeTolerance\":-1", "SpikeTolerance is -1")]
    [DataRow("\"Rows\":[", "\"Rows\":[null,", "row 0 is null")]
    [DataRow("\"Spikes\":[[", "\"Spikes\":[null,[", "row 0 is null")]
    [DataRow("{", "", "no sound JSON")]
    public void A_text_that_is_none_is_refused(string was, string becomes, string words)
    {
        string json = Golden.ToJson();
        Assert.Contains(was, json);
        int at = json.IndexOf(was, StringComparison.Ordinal);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => GoldenRows.Parse(json[..at] + becomes + json[(at + was.Length)..]));
        StringAssert.StartsWith(error.Message, "The golden rows cannot be read: ");
        StringAssert.Contains(error.Message, words);
        Assert.IsTrue(Trouble.Foreign.Is(error));
    }

    [TestMethod]
    public void Any_damage_is_a_refusal_or_other_rows()
    {
        string json = Golden.ToJson();
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Char[' ', '~']).Sample((at, with) =>
        {
            try
            {
                GoldenRows.Parse(json[..at] + with + json[(at + 1)..]).Check(Model);
            }
            catch (InvalidDataException)
            {
            }
        }, iter: 3000);
    }

    [TestMethod]
    public void Rows_that_miss_something_are_passed_over_and_none_at_all_is_refused()
    {
        IDataView gaps = s_ml.Data.LoadFromEnumerable(new[] { new Toy.Row { Features = new float[6].Select(_ => float.NaN).ToArray() }, new Toy.Row() });
        Assert.HasCount(1, GoldenRows.Of(Model, gaps).Rows);
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => GoldenRows.Of(Model, s_ml.Data.TakeRows(gaps, 1))).Message, "No row has all its features");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => GoldenRows.Of(Model, gaps, featureColumnName: "Pixels")).Message, "There is no column 'Pixels'");
    }

    private sealed class Pair
    {
        public float A { get; set; }

        public float B { get; set; }

        [KeyType(2)]
        public uint Label { get; set; }
    }

    private sealed class Answering(GoldenAnswer answer) : IShownNetwork
    {
        public GoldenAnswer Show(GoldenRow row) => answer;
    }
}
