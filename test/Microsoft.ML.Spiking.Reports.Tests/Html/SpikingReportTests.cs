using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Html;

[TestClass]
public sealed class SpikingReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void Accuracy_and_confusion_are_those_of_Evaluate()
    {
        JsonElement report = Reported.Data(Write(Reported.Strokes, Reported.Unseen));

        IDataView scored = Reported.Strokes.Transform(Reported.Unseen);
        MulticlassClassificationMetrics metrics = Reported.Ml.MulticlassClassification.Evaluate(scored);
        Assert.AreEqual(metrics.MicroAccuracy, report.GetProperty("summary").GetProperty("accuracy").GetDouble(), 1e-12);
        JsonElement counts = report.GetProperty("confusion").GetProperty("counts");
        for (int truth = 0; truth < 3; truth++)
            for (int guess = 0; guess < 3; guess++)
                Assert.AreEqual(metrics.ConfusionMatrix.Counts[truth][guess], counts[truth][guess].GetInt32(), $"{truth} as {guess}");
    }

    [TestMethod]
    public void Whether_scores_mean_what_they_say_is_shown_in_bins_where_there_are_labels()
    {
        JsonElement bins = Reported.Data(Write(Reported.Strokes, Reported.Unseen)).GetProperty("reliability");

        ReliabilityDiagram expected = ReliabilityDiagram.Measure(Reported.Strokes.Transform(Reported.Unseen));
        CollectionAssert.AreEqual(expected.Bins.Select(bin => bin.Rows).ToArray(), bins.EnumerateArray().Select(bin => bin.GetProperty("rows").GetInt32()).ToArray());
    }

    [TestMethod]
    public void Without_a_label_nothing_is_said_of_whether_scores_mean_what_they_say()
    {
        Stroke[] rows = Stroke.Draw(6, seed: 6);
        foreach (Stroke row in rows) row.Class = "never seen";

        JsonElement report = Reported.Data(Write(Reported.Strokes, Reported.View(rows)));

        Assert.AreEqual(6, report.GetProperty("summary").GetProperty("unlabelled").GetInt32());
        Assert.AreEqual(JsonValueKind.Null, report.GetProperty("reliability").ValueKind);
        Assert.AreEqual(JsonValueKind.Null, report.GetProperty("curve").ValueKind);
    }

    [TestMethod]
    public void Accuracy_against_cost_has_a_point_for_each_number_of_time_steps()
    {
        JsonElement curve = Reported.Data(Write(Reported.Strokes, Reported.Unseen)).GetProperty("curve");
        JsonElement[] points = [.. curve.GetProperty("points").EnumerateArray()];

        CollectionAssert.AreEqual(Enumerable.Range(1, 8).ToArray(), points.Select(point => point.GetProperty("timeSteps").GetInt32()).ToArray());
        // What ML.NET says of the network that is shown three steps, and its own count of what all eight cost.
        var network = SpikingNetworkTransformer.Of(Reported.Strokes);
        double right = network.AtSteps(3, Reported.Unseen).Transform(Reported.Unseen).GetColumn<uint>("PredictedLabel")
            .Zip(Reported.Unseen.GetColumn<string>("Class"), (said, own) => network.ClassNames[(int)said - 1] == own).Count(isRight => isRight) / 60.0;
        Assert.AreEqual(right, points[2].GetProperty("microAccuracy").GetDouble(), 1e-12);
        double[][] costs = [.. network.WithCost().Transform(Reported.Unseen).GetColumn<double[]>("Cost")];
        Assert.AreEqual(costs.Average(cost => cost[2]), points[^1].GetProperty("synapticOperations").GetDouble(), 1e-6);
        Assert.AreEqual(costs.Average(cost => cost[1]), points[^1].GetProperty("spikes").GetDouble(), 1e-9);
    }

    [TestMethod]
    public void The_curve_looks_at_no_more_rows_than_it_is_told()
    {
        JsonElement curve = Reported.Data(Write(Reported.Strokes, Reported.Unseen, new SpikingReportOptions { CurveSamples = 2 })).GetProperty("curve");

        Assert.AreEqual(2, curve.GetProperty("samples").GetInt32());
        Assert.IsTrue(curve.GetProperty("points").EnumerateArray().All(point => point.GetProperty("microAccuracy").GetDouble() is 0 or 0.5 or 1));
    }

    [TestMethod]
    public void A_strokes_pixels_come_back_as_bytes()
    {
        JsonElement samples = Reported.Data(Write(Reported.Strokes, Reported.Unseen)).GetProperty("samples");

        byte[] first = [.. samples.GetProperty("all").EnumerateArray().First(sample => sample.GetProperty("row").GetInt32() == 0).GetProperty("pixels").GetBytesFromBase64()];

        CollectionAssert.AreEqual(Stroke.Draw(1, seed: 2)[0].Features.Select(x => (byte)MathF.Round(255 * x)).ToArray(), first);
    }

    [TestMethod]
    public void Spikes_and_membranes_are_those_of_the_recorder()
    {
        JsonElement report = Reported.Data(Write(Reported.Strokes, Reported.Unseen));
        JsonElement recorded = Layer(report).GetProperty("activity").GetProperty("recordings")[0];
        long row = report.GetProperty("samples").GetProperty("all")[recorded.GetProperty("sample").GetInt32()].GetProperty("row").GetInt64();
        SpikingModel model = ((IEnumerable<ITransformer>)Reported.Strokes).OfType<SpikingNetworkTransformer>().Single().Model;
        SpikeRecording recording = new SpikeRecorder(model).Record(Stroke.Draw(58, seed: 2)[row].Features.AsSpan());
        LayerRecording layer = recording.Layers[0];

        byte[] spikes = recorded.GetProperty("spikes").GetBytesFromBase64(), membranes = recorded.GetProperty("membranes").GetBytesFromBase64();
        float unit = recorded.GetProperty("unit").GetSingle();
        Assert.IsGreaterThan(0, recording.Cost.Spikes);
        for (int column = 0, cell = 0; column < 12; column++)
        {
            for (int neuron = 0; neuron < 20; neuron++)
            {
                for (int step = 0; step < recording.Steps; step++, cell++)
                {
                    Assert.AreEqual(layer.Fired(step, column, neuron), (spikes[cell / 8] >> cell % 8 & 1) != 0);
                    Assert.AreEqual(layer.Membrane(step, column, neuron), BitConverter.ToInt16(membranes, 2 * cell) * unit, unit);
                }
            }
        }
    }

    [TestMethod]
    public void The_connections_at_the_start_and_every_update_lead_to_those_now()
    {
        JsonElement topology = Layer(Reported.Data(Write(Reported.Strokes, Reported.Unseen))).GetProperty("topology");

        HashSet<(int, int)> standing = [.. Pairs(topology.GetProperty("start"))];
        Assert.HasCount(12 * 4, standing);
        foreach (JsonElement moment in topology.GetProperty("moments").EnumerateArray())
        {
            standing.UnionWith(Pairs(moment.GetProperty("formed")));
            standing.ExceptWith(Pairs(moment.GetProperty("pruned")));
            Assert.HasCount(moment.GetProperty("connections").GetInt32(), standing);
        }
        CollectionAssert.AreEquivalent(topology.GetProperty("used").EnumerateArray().Select(used => (used.GetProperty("from").GetInt32(), used.GetProperty("to").GetInt32())).ToArray(), standing.ToArray());
        Assert.IsGreaterThan(1, topology.GetProperty("moments").GetArrayLength());
    }

    [TestMethod]
    public void A_class_named_like_a_tag_breaks_out_of_nothing()
    {
        string html = Write(Reported.Strokes, Reported.Unseen, new SpikingReportOptions { Title = "<i>A & B</i>" });

        Assert.DoesNotContain(Stroke.Aslant, html);
        Assert.Contains("<title>&lt;i&gt;A &amp; B&lt;/i&gt;</title>", html);
        Assert.Contains(Stroke.Aslant, Reported.Data(html).GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
    }

    [TestMethod]
    public void The_file_asks_for_nothing_from_anywhere()
    {
        string html = Write(Reported.Strokes, Reported.Unseen);

        foreach (string reference in (string[])["<link rel=\"stylesheet\"", "<script src", "<img src", "@import", "url("])
            Assert.DoesNotContain(reference, html.Replace("url(#", "", StringComparison.Ordinal).Split("plotly.js v")[0], reference);
        Assert.Contains("plotly.js v", html);
        Assert.IsLessThan(4_600_000, html.Length, "plotly.js takes 3.6 MB of it.");
    }

    [TestMethod]
    public void It_replaces_what_was_there_and_leaves_nothing_beside_it()
    {
        string path = Path.Combine(_folder.FullName, "deeper", "report.html");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "old");

        SpikingReport.Save(path, Reported.Strokes, Reported.Unseen);

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void A_report_that_fails_leaves_the_old_one()
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        File.WriteAllText(path, "old");

        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikingReport.Save(path, Reported.Strokes, Reported.View([])));

        StringAssert.StartsWith(error.Message, "No row of the data could be scored");
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    public void Labels_are_told_by_their_names_even_where_other_data_numbers_them_otherwise()
    {
        // By occurrence: here the class that comes first has the last key.
        IDataView reversed = Reported.View(Stroke.Draw(30, seed: 5).Reverse());
        IDataView keyed = Reported.Ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(reversed).Transform(reversed);
        var network = ((IEnumerable<ITransformer>)Reported.Strokes).OfType<SpikingNetworkTransformer>().Single();

        double? direct = Accuracy(network, keyed), chain = Accuracy(Reported.Strokes, Reported.View(Stroke.Draw(30, seed: 5)));

        Assert.AreEqual(chain, direct);
        Assert.IsGreaterThan(0.9, direct!.Value);
    }

    [TestMethod]
    public void A_network_that_answers_yes_or_no_is_reported_with_both_answers()
    {
        var network = new SpikingNetworkTransformer(Reported.Ml, Stripes.Model with { OutputBias = [-1000, 1000] }, new BinaryOutputs());   // says yes to all
        IDataView data = Reported.Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(row => new Standing { Label = row >= 10, Features = Stripes.Image(row) }));

        JsonElement report = Reported.Data(Write(network, data));

        Assert.AreEqual(40, report.GetProperty("summary").GetProperty("labelled").GetInt32());
        Assert.AreEqual(0.75, Accuracy(network, data));
        StringAssert.Contains(report.ToString(), "\"True\"");
    }

    [TestMethod]
    public void Rows_without_labels_and_rows_with_gaps_are_counted_apart()
    {
        Stroke[] rows = Stroke.Draw(9, seed: 6);
        rows[0].Class = "never seen";
        rows[1].Features[5] = float.NaN;

        JsonElement summary = Reported.Data(Write(Reported.Strokes, Reported.View(rows))).GetProperty("summary");

        Assert.AreEqual(7, summary.GetProperty("labelled").GetInt32());
        Assert.AreEqual(1, summary.GetProperty("unlabelled").GetInt32());
        Assert.AreEqual(1, summary.GetProperty("unscored").GetInt32());
    }

    [TestMethod]
    public void Only_so_many_rows_are_scored_as_asked_for()
        => Assert.AreEqual(10, Reported.Data(Write(Reported.Strokes, Reported.Unseen, new SpikingReportOptions { MaximumRows = 10 })).GetProperty("summary").GetProperty("labelled").GetInt32());

    [TestMethod]
    public void A_model_without_a_network_is_refused_with_the_way_out()
    {
        ITransformer other = Reported.Ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Reported.Unseen);

        var error = Assert.ThrowsExactly<ArgumentException>(() => Write(other, Reported.Unseen));

        StringAssert.StartsWith(error.Message, "The model holds no spiking networks, of ");
    }

    [TestMethod]
    public void A_reservoir_with_a_linear_readout_and_nothing_else_is_reported_too()
    {
        SpikingNetworkOptions bare = Reported.Options with
        {
            Network = Reported.Options.Network.EachLayer(layer => layer with
            {
                Learning = new Reservoir(),
                Plasticity = null,
                Homeostasis = null,
                StructuralPlasticity = null,
                Excitatory = new LifNeuron { Threshold = 1e6f },
            }) with { Readout = new Readout { HiddenUnits = 0 } },
            ValidationFraction = 0,
            Batches = 3,
        };
        JsonElement layer = Layer(Reported.Data(Write(Reported.Pipeline(bare).Fit(Reported.Unseen), Reported.Unseen)));

        Assert.AreEqual(1, layer.GetProperty("topology").GetProperty("moments").GetArrayLength());
        Assert.AreEqual(JsonValueKind.Null, layer.GetProperty("topology").GetProperty("journal").ValueKind);
        Assert.AreEqual(JsonValueKind.Null, layer.GetProperty("rates").GetProperty("target").ValueKind);
        Assert.AreEqual(JsonValueKind.Null, layer.GetProperty("activity").GetProperty("excitatoryThreshold").ValueKind);
    }

    [TestMethod]
    public void Many_neurons_over_many_steps_are_thinned_in_every_column_alike()
    {
        SpikingNetworkOptions large = Reported.Options with
        {
            Network = Reported.Options.Network.EachLayer(layer => layer with { Columns = 64, NeuronsPerColumn = 128, Wiring = new WattsStrogatz() }) with
            {
                TimeSteps = 50,
            },
            Batches = 1,
        };
        string html = Write(Reported.Pipeline(large).Fit(Reported.Unseen), Reported.Unseen, new SpikingReportOptions { CostSamples = 2, CurveSamples = 2 });

        JsonElement activity = Layer(Reported.Data(html)).GetProperty("activity");
        int shown = activity.GetProperty("excitatory").GetArrayLength() + activity.GetProperty("inhibitory").GetArrayLength();
        Assert.AreEqual(17, shown);   // 1,024 of 8,192 neurons, rounded up within a column: 13 + 4
        Assert.IsLessThan(6_000_000, html.Length);
        int[] steps = [.. Reported.Data(html).GetProperty("curve").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("timeSteps").GetInt32())];
        CollectionAssert.AreEqual((int[])[3, 6, 9, 12, 15, 18, 21, 25, 28, 31, 34, 37, 40, 43, 46, 50], steps);
    }

    private static JsonElement Layer(JsonElement report) => report.GetProperty("layers").EnumerateArray().Single();

    private string Write(ITransformer model, IDataView data, SpikingReportOptions? options = null)
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        SpikingReport.Save(path, model, data, options);
        return File.ReadAllText(path);
    }

    private double? Accuracy(ITransformer model, IDataView data) => Reported.Data(Write(model, data)).GetProperty("summary").GetProperty("accuracy").GetDouble();

    private static IEnumerable<(int From, int To)> Pairs(JsonElement flat) => flat.EnumerateArray().Select(n => n.GetInt32()).Chunk(2).Select(pair => (pair[0], pair[1]));

    private sealed class Standing
    {
        public bool Label { get; set; }

        [VectorType(Stripes.Height * Stripes.Width)]
        public float[] Features { get; set; } = [];
    }
}
