using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tests.Commands;

/// <summary>What is exported is run, and what it carries holds: by export itself, by verify and by import.</summary>
[TestClass]
public class ExportCommandTests
{
    [TestMethod]
    [DataRow("onnx")]
    [DataRow("safetensors")]
    [DataRow("pth")]
    public void A_file_carries_rows_that_prove_it(string format)
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "left"), file = folder[$"network.{format}"];

        Answer export = Answer.To("export", "-m", Toy.Model, "-o", file, "-d", csv);
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        Assert.AreEqual(file, export.Lines.Single());
        StringAssert.Contains(export.Errors, "3 golden rows: kept; 0 spikes changed, 0 labels changed", StringComparison.Ordinal);
        Assert.HasCount(2, Directory.GetFiles(folder.FullName));

        Answer verify = Answer.To("verify", file);
        Assert.AreEqual(ExitCode.Done, verify.Code, verify.Errors);
        StringAssert.StartsWith(verify.Lines.Single(), "3 golden rows: kept", StringComparison.Ordinal);
        Assert.AreEqual(0, Answer.To("verify", file, "--json").Json.GetProperty("changedLabels").GetInt32());
    }

    [TestMethod]
    [DataRow("onnx")]
    [DataRow("nir")]
    [DataRow("safetensors")]
    [DataRow("pth")]
    public void A_file_is_compared_with_its_model_on_any_rows(string format)
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "left", "right"), file = folder[$"network.{format}"];
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", file, "--rows", "1", "-d", csv).Code);

        Answer verify = Answer.To("verify", file, "-m", Toy.Model, "-d", csv, "--json");
        Assert.AreEqual(ExitCode.Done, verify.Code, verify.Errors);
        Assert.AreEqual(4, verify.Json.GetProperty("rows").GetInt32());
        Answer.To("verify", file, "-m", Toy.Model).FailsWith(ExitCode.Usage, "--model and --data go together");
    }

    [TestMethod]
    [DataRow("onnx")]
    [DataRow("safetensors")]
    public void A_file_that_breaks_its_promise_ends_with_4(string format)
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right"), file = folder[$"network.{format}"];
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", file, "-d", csv).Code);
        // Its labels are promised the other way round.
        byte[] bytes = File.ReadAllBytes(file);
        string text = System.Text.Encoding.Latin1.GetString(bytes), quote = format == "onnx" ? "\"" : "\\\"";
        foreach (string label in (string[])["0", "1"]) Assert.Contains($"{quote}Label{quote}:{label}", text);
        string turned = text.Replace($"{quote}Label{quote}:0", $"{quote}Label{quote}:x", StringComparison.Ordinal).Replace($"{quote}Label{quote}:1", $"{quote}Label{quote}:0", StringComparison.Ordinal)
            .Replace($"{quote}Label{quote}:x", $"{quote}Label{quote}:1", StringComparison.Ordinal);
        File.WriteAllBytes(file, System.Text.Encoding.Latin1.GetBytes(turned));

        Answer verify = Answer.To("verify", file);
        Assert.AreEqual(ExitCode.Gate, verify.Code);
        StringAssert.Contains(verify.Lines.Single(), "2 broken; 0 spikes changed, 2 labels changed", StringComparison.Ordinal);
        StringAssert.Contains(verify.Errors, "warning: The promise is broken, first by row 0: class", StringComparison.Ordinal);
        if (format == "onnx") return;
        Answer.To("import", file, "-o", folder["m.zip"]).FailsWith(ExitCode.Gate, "does not do what it promises here (row 0: class");
        Assert.IsFalse(File.Exists(folder["m.zip"]));
    }

    [TestMethod]
    [DataRow("safetensors")]
    [DataRow("pth")]
    public void A_network_comes_back_as_a_model_that_answers_alike(string format)
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "left");
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", folder[$"n.{format}"], "-d", csv).Code);

        Answer import = Answer.To("import", folder[$"n.{format}"], "-o", folder["back.zip"]);
        Assert.AreEqual(ExitCode.Done, import.Code, import.Errors);
        Assert.AreEqual(Answer.To("predict", csv, "-m", Toy.Model).Output, Answer.To("predict", csv, "-m", folder["back.zip"]).Output);
    }

    [TestMethod]
    public void A_graph_of_NIR_ends_in_spikes_where_the_readout_is_none_of_its_own_and_they_are_counted()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");

        Answer export = Answer.To("export", "-m", Toy.Model, "-o", folder["n.nir"], "-d", csv);
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        StringAssert.Contains(export.Errors, "2 golden rows: kept; 0 spikes changed, labels not told by the file", StringComparison.Ordinal);
        StringAssert.Contains(export.Errors, "warning: ", StringComparison.Ordinal);
        Answer.To("import", folder["n.nir"], "-o", folder["m.zip"]).FailsWith(ExitCode.Data, "ends in spikes");
    }

    [TestMethod]
    public void A_whole_network_of_NIR_needs_its_step_and_what_it_is_shown()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "left"), nir = folder["n.nir"];
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        SpikingNetworkOptions linear = Toy.Options with
        {
            Network = Toy.Options.Network.EachLayer(layer => layer with { Modulation = 0 }) with
            {
                TimeSteps = 12, Readout = new() { HiddenUnits = 0, Dropout = 0 },
            },
        };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(linear).Fit(rows), rows.Schema, folder["linear.zip"]);

        Answer export = Answer.To("export", "-m", folder["linear.zip"], "-o", nir, "-d", csv, "--time-step", "0.001");
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        StringAssert.Contains(export.Errors, "3 golden rows: kept; 0 spikes changed, 0 labels changed", StringComparison.Ordinal);
        Assert.AreEqual(ExitCode.Done, Answer.To("verify", nir, "--time-step", "0.001").Code);
        Assert.AreNotEqual(ExitCode.Done, Answer.To("verify", nir).Code, "another step is another network");

        Assert.AreEqual(ExitCode.Done, Answer.To("import", nir, "-o", folder["back.zip"], "--like", folder["linear.zip"], "--time-step", "0.001").Code);
        Assert.AreEqual(Answer.To("predict", csv, "-m", folder["linear.zip"]).Output, Answer.To("predict", csv, "-m", folder["back.zip"]).Output);
        Answer.To("import", nir, "-o", folder["other.zip"], "--time-step", "0.001").FailsWith(ExitCode.Gate, "does not do what it promises here");
        Assert.IsFalse(File.Exists(folder["other.zip"]));
    }

    [TestMethod]
    public void Without_rows_the_file_proves_nothing_and_that_is_said()
    {
        using var folder = new TemporaryFolder();

        Answer export = Answer.To("export", "-m", Toy.Model, "-o", folder["n.onnx"]);
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        StringAssert.Contains(export.Errors, "warning: The file carries no golden rows", StringComparison.Ordinal);
        Answer.To("verify", folder["n.onnx"]).FailsWith(ExitCode.Data, "carries no golden rows");
    }

    [TestMethod]
    public void Many_time_steps_are_a_loop_in_ONNX_and_few_where_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right", "left");
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network with { TimeSteps = 500 } }).Fit(rows), rows.Schema, folder["long.zip"]);

        Exports("The graph has a loop over 500 time steps.", folder["long.zip"]);
        Exports("The graph spells out 8 time steps.", Toy.Model);
        Exports("The graph has a loop over 8 time steps.", Toy.Model, "--loop");
        Answer.To("export", "-m", Toy.Model, "-o", folder["n.nir"], "--loop").FailsWith(ExitCode.Usage, "--loop is of ONNX, but the file is of Nir.");

        void Exports(string said, string model, params string[] options)
        {
            Answer export = Answer.To(["export", "-m", model, "-o", folder["n.onnx"], "-d", csv, .. options]);
            Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
            StringAssert.Contains(export.Errors, said, StringComparison.Ordinal);
            StringAssert.Contains(export.Errors, "3 golden rows: kept; 0 spikes changed, 0 labels changed", StringComparison.Ordinal);
            Assert.AreEqual(ExitCode.Done, Answer.To("verify", folder["n.onnx"]).Code);
        }
    }

    /// <remarks>What is behind a message of protocol buffers is merged into it.</remarks>
    [TestMethod]
    [DataRow("5")]
    [DataRow("15 1")]
    [DataRow("1 5 5")]
    [DataRow("1 5 6 5")]
    public void A_graph_that_keeps_numbers_in_another_file_is_not_opened(string path)
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", folder["n.onnx"]).Code);
        byte[] graph = File.ReadAllBytes(folder["n.onnx"]);
        foreach (ProtoMessage tensor in (ProtoMessage[])[new ProtoMessage().Add(8, "w").Add(14, 1), new ProtoMessage().Add(13, new ProtoMessage().Add(1, "location").Add(2, "/etc/passwd")).Add(8, "w")])
        {
            ProtoMessage added = path.Split(' ').Reverse().Aggregate(tensor, (message, member) => new ProtoMessage().Add(int.Parse(member, CultureInfo.InvariantCulture), message));
            File.WriteAllBytes(folder["n.onnx"], [.. graph, .. new ProtoMessage().Add(7, added).ToArray()]);
            Answer.To("verify", folder["n.onnx"]).FailsWith(ExitCode.Data, "its tensor 'w' keeps its numbers in another file, and no other is opened");
        }
    }

    [TestMethod]
    public void Rows_that_all_miss_something_are_refused_in_a_users_words()
    {
        using var folder = new TemporaryFolder();
        string csv = folder["rows.csv"];
        File.WriteAllLines(csv, [File.ReadLines(Toy.WriteCsv(folder["whole.csv"], "left")).First(), "left" + string.Concat(Enumerable.Repeat(",", Toy.Size.Pixels))]);

        Answer export = Answer.To("export", "-m", Toy.Model, "-o", folder["n.onnx"], "-d", csv);
        export.FailsWith(ExitCode.Data, "No row has all its features");
        Assert.DoesNotContain("Parameter", export.Errors);
    }

    [TestMethod]
    public void Rows_in_which_nothing_fires_prove_little_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        string dark = folder["dark.csv"], csv = Toy.WriteCsv(folder["rows.csv"], "left");
        File.WriteAllLines(dark, [File.ReadLines(csv).First(), "left" + string.Concat(Enumerable.Repeat(",0", Toy.Size.Pixels))]);

        StringAssert.Contains(Answer.To("export", "-m", Toy.Model, "-o", folder["n.onnx"], "-d", dark).Errors, "warning: No neuron fires in any golden row", StringComparison.Ordinal);
        Assert.DoesNotContain("No neuron fires", Answer.To("export", "-m", Toy.Model, "-o", folder["n.onnx"], "-d", csv).Errors);
    }

    [TestMethod]
    public void A_comparison_may_tolerate_spikes()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right"), file = folder["n.onnx"];
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", file, "-d", csv).Code);

        Assert.AreEqual(ExitCode.Done, Answer.To("verify", file, "-m", Toy.Model, "-d", csv, "--spike-tolerance", "2").Code);
        Answer.To("verify", file, "--spike-tolerance", "2").FailsWith(ExitCode.Usage, "a file's own rows say what they tolerate");
    }

    [TestMethod]
    public void What_cannot_be_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        Answer.To("export", "-m", Toy.Model, "-o", folder["n.txt"]).FailsWith(ExitCode.Usage, "whose ending tells no format");
        Answer.To("export", "-m", Toy.Model, "-o", folder["deep/n.onnx"]).FailsWith(ExitCode.Data, "deep");
        Answer.To("verify", folder["n.onnx"]).FailsWith(ExitCode.Data, "does not exist");
        Answer.To("import", folder["n.onnx"], "-o", folder["m.zip"]).FailsWith(ExitCode.Data, "does not exist");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullName));

        File.WriteAllText(folder["n.onnx"], "no graph");
        Answer.To("verify", folder["n.onnx"]).FailsWith(ExitCode.Data, "could not be read as an ONNX graph: it is no message of protocol buffers.");
        Answer.To("import", folder["n.onnx"], "-o", folder["m.zip"]).FailsWith(ExitCode.Usage, "a graph of operators");
        File.WriteAllText(folder["n.safetensors"], "no tensors at all");
        Answer.To("verify", folder["n.safetensors"]).FailsWith(ExitCode.Data, "a network in safetensors");
    }

    [TestMethod]
    [DataRow("onnx")]
    [DataRow("safetensors")]
    [DataRow("pth")]
    public void A_network_that_answers_yes_or_no_does_so_still(string format)
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        Answered[] answered = [.. Enumerable.Range(0, 32).Select(i => new Answered { Label = i % 2 == 1, Features = Toy.Pixels(i % 2, 1) })];
        IDataView rows = ml.Data.LoadFromEnumerable(answered);
        ml.Model.Save(ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options).Fit(rows), rows.Schema, folder["yes.zip"]);
        using (FileStream data = File.Create(folder["rows.idv"])) ml.Data.SaveAsBinary(rows, data);
        string file = folder[$"yes.{format}"];

        Answer export = Answer.To("export", "-m", folder["yes.zip"], "-o", file, "-d", folder["rows.idv"]);
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        StringAssert.Contains(export.Errors, "16 golden rows: kept; 0 spikes changed, 0 labels changed, scores within", StringComparison.Ordinal);
        StringAssert.StartsWith(Answer.To("verify", file).Output, "16 golden rows: kept; 0 spikes changed, 0 labels changed", StringComparison.Ordinal);
        if (format == "onnx") return;
        Assert.AreEqual(ExitCode.Done, Answer.To("import", file, "-o", folder["back.zip"]).Code);
        DataViewSchema back = ml.Model.Load(folder["back.zip"], out _).GetOutputSchema(rows.Schema);
        Assert.AreEqual(BooleanDataViewType.Instance, back["PredictedLabel"].Type);
        Assert.IsNotNull(back.GetColumnOrNull("Probability"));
    }

    [TestMethod]
    public void Columns_of_other_names_are_compared_in_an_ONNX_graph_too()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        SpikingNetworkOptions named = Toy.Options with { PredictedLabelColumnName = "Side", ScoreColumnName = "How sure", SpikeRateColumnName = "Rates" };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(named).Fit(rows), rows.Schema, folder["named.zip"]);

        Answer export = Answer.To("export", "-m", folder["named.zip"], "-o", folder["n.onnx"], "-d", csv);
        Assert.AreEqual(ExitCode.Done, export.Code, export.Errors);
        StringAssert.Contains(export.Errors, "2 golden rows: kept; 0 spikes changed, 0 labels changed, scores within", StringComparison.Ordinal);
        StringAssert.Contains(Answer.To("verify", folder["n.onnx"]).Output, "0 spikes changed, 0 labels changed, scores within", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Another_network_s_rows_are_no_proof()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        SpikingNetworkOptions wider = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Columns = 6 }), Batches = 2 };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(wider).Fit(rows), rows.Schema, folder["wider.zip"]);
        foreach (string format in (string[])["onnx", "safetensors"])
        {
            Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", folder[$"n.{format}"]).Code);
            Answer.To("verify", folder[$"n.{format}"], "-m", folder["wider.zip"], "-d", csv).FailsWith(ExitCode.Data, "golden rows prove nothing: they are of");
        }
    }

    [TestMethod]
    public void What_a_format_cannot_say_is_no_unforeseen_error()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        SpikingNetworkOptions late = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Delays = [0, 1] }), Batches = 2 };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(late).Fit(rows), rows.Schema, folder["late.zip"]);
        Answer.To("export", "-m", folder["late.zip"], "-o", folder["n.nir"]).FailsWith(ExitCode.Data, "Layer 0 has Delays");

        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", Toy.Model, "-o", folder["n.nir"], "-d", Toy.WriteCsv(folder["rows.csv"], "left")).Code);
        Answer.To("verify", folder["n.nir"], "--time-step", "0.5").FailsWith(ExitCode.Usage, "The time step is 0.5 s");
    }

    [TestMethod]
    public void What_is_read_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        string model = folder["m.zip"], csv = Toy.WriteCsv(folder["rows.csv"], "left");
        File.Copy(Toy.Model, model);
        Answer.To("export", "-m", model, "-o", model, "--format", "onnx").FailsWith(ExitCode.Usage, "is to be read, but --output");
        Answer.To("export", "-m", model, "-d", csv, "-o", csv, "--format", "onnx").FailsWith(ExitCode.Usage, "is to be read, but --output");
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", model, "-o", folder["n.pth"]).Code);
        Answer.To("import", folder["n.pth"], "-o", folder["n.pth"]).FailsWith(ExitCode.Usage, "is to be read, but --output");
        CollectionAssert.AreEqual(File.ReadAllBytes(Toy.Model), File.ReadAllBytes(model));
    }

    [TestMethod]
    [DataRow("onnx")]
    [DataRow("nir")]
    public void An_export_that_is_interrupted_leaves_nothing(string format)
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left");
        Answer.To(new CancellationToken(canceled: true), "export", "-m", Toy.Model, "-o", folder[$"n.{format}"], "-d", csv)
            .FailsWith(ExitCode.Interrupted, "Interrupted");
        Assert.AreEqual(csv, Directory.GetFileSystemEntries(folder.FullName).Single());
    }

    [TestMethod]
    public void A_network_of_NIR_knows_features_by_the_names_of_its_like()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["rows.csv"], ["a,b,Label", .. Enumerable.Range(0, 40).Select(i => $"{i % 2},{0.1 * (i % 3)},{(i % 2 == 0 ? "no" : "yes")}")]);
        File.WriteAllLines(folder["turned.csv"], ["b,a,Label", .. Enumerable.Range(0, 40).Select(i => $"{0.1 * (i % 3)},{i % 2},{(i % 2 == 0 ? "no" : "yes")}")]);
        string linear = folder["linear.json"], model = folder["m.zip"];
        File.WriteAllText(linear, """{ "Network": { "Layers": [{ "Modulation": 0 }], "Readout": { "HiddenUnits": 0 } } }""");
        Assert.AreEqual(ExitCode.Done, Answer.To("train", "-d", folder["rows.csv"], "-o", model, "--config", linear, "--columns", "4", "--neurons", "16", "--batches", "20", "--seed", "1").Code);
        Assert.AreEqual(ExitCode.Done, Answer.To("export", "-m", model, "-d", folder["rows.csv"], "-o", folder["n.nir"]).Code);
        Assert.AreEqual(ExitCode.Done, Answer.To("import", folder["n.nir"], "--like", model, "-o", folder["back.zip"]).Code);
        Assert.AreEqual(Answer.To("predict", folder["turned.csv"], "-m", model).Output, Answer.To("predict", folder["turned.csv"], "-m", folder["back.zip"]).Output);
    }

    [TestMethod]
    public void Options_without_effect_are_refused()
    {
        using var folder = new TemporaryFolder();
        Answer.To("export", "-m", Toy.Model, "-o", folder["n.pth"], "--rows", "3").FailsWith(ExitCode.Usage, "--rows is of golden rows");
        Answer.To("export", "-m", Toy.Model, "-o", folder["n.pth"], "--spike-tolerance", "3").FailsWith(ExitCode.Usage, "--spike-tolerance is of golden rows");
        Answer.To("export", "-m", Toy.Model, "-o", folder["n.pth"], "--time-step", "0.1").FailsWith(ExitCode.Usage, "--time-step says what a time step is");
        Answer.To("import", folder["n.pth"], "--like", Toy.Model).FailsWith(ExitCode.Usage, "--like says what a NIR file leaves open");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.FullName));
    }

    [TestMethod]
    public void A_place_where_no_file_can_be_is_said_to_be_none()
    {
        using var folder = new TemporaryFolder();
        Answer.To("export", "-m", Toy.Model, "-o", "", "--format", "onnx").FailsWith(ExitCode.Usage, "--output is empty");
        if (!OperatingSystem.IsWindows())
            Answer.To("export", "-m", Toy.Model, "-o", "/dev/no-such-device", "--format", "onnx").FailsWith(ExitCode.Data, "is a place of devices");
        Answer.To("verify", folder.FullName, "--format", "onnx").FailsWith(ExitCode.Data, "is a folder, but a file is to be read");
        Answer.To("import", folder.FullName, "--format", "nir", "-o", folder["m.zip"]).FailsWith(ExitCode.Data, "is a folder, but a file is to be read");
    }

    [TestMethod]
    public void A_step_that_makes_the_features_is_warned_of_and_a_file_without_proof_too()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 32);
        var pipeline = ml.Transforms.NormalizeMinMax("Features").Append(ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Batches = 2 }));
        ml.Model.Save(pipeline.Fit(rows), rows.Schema, folder["steps.zip"]);

        Answer export = Answer.To("export", "-m", folder["steps.zip"], "-o", folder["n.pth"], "-q");
        StringAssert.Contains(export.Errors, "warning: The model's step NormalizingTransformer stays here", StringComparison.Ordinal);
        Answer import = Answer.To("import", folder["n.pth"], "-o", folder["m.zip"], "-q");
        Assert.AreEqual(ExitCode.Done, import.Code, import.Errors);
        StringAssert.Contains(import.Errors, "carries no golden rows", StringComparison.Ordinal);
    }

    private sealed class Answered
    {
        public bool Label { get; set; }

        [VectorType(4, 4)]
        public float[] Features { get; set; } = [];
    }
}
