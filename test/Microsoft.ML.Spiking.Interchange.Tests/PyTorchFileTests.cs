using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Targets;
using Microsoft.ML.Spiking.Tests.Checkpoints;
using static Microsoft.ML.Spiking.Tests.Checkpoints.TestPickle;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>
/// Checkpoints that PyTorch 1.13 wrote of the published program's network (Checkpoints/Fixtures/make.py) score as its equations do; ours come back as they were.
/// </summary>
[TestClass]
public class PyTorchFileTests
{
    private static readonly GoldenFile s_golden = GoldenFile.OpenOwn("network_evaluation");

    // The golden file's rows are standardised already.
    private static readonly PyTorchOptions s_standardised = new() { Mean = 0, Deviation = 1 };

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pth");

    public static IEnumerable<object[]> Names => SmallModels.Networks.Select(made => new object[] { made.Name });

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    [DataRow("published")]
    [DataRow("published-protocol-4")]
    public void A_checkpoint_of_the_program_scores_as_the_golden_numbers(string name)
    {
        SpikingModel model = PyTorchFile.Read(Fixture(name), s_standardised);

        TrainedLayer golden = s_golden.Model().Layers[0];
        SameModel.CheckNumbers(s_golden.Model() with { Layers = [golden with { SilentShare = [.. new float[5]], SaturatedShare = [.. new float[5]] }] }, model);
        Close(s_golden.Array("expected.logits").Select(logit => (double)logit), Logits(model, s_golden.Array("inputs.x")), 1e-5);
        var layer = (ColumnLayer)model.Network.Layers[0];
        Assert.AreEqual((20, 5, 16, 4), (((LifNeuron)layer.Excitatory).MembraneTimeConstant, ((LifNeuron)layer.Excitatory).SynapseTimeConstant,
            ((LifNeuron)layer.Inhibitory).MembraneTimeConstant, ((LifNeuron)layer.Inhibitory).SynapseTimeConstant));
        Assert.AreEqual((13, 0.8, 4), (model.Network.TimeSteps, layer.ExcitatoryFraction, layer.Wiring!.Neighbours));
        Assert.AreEqual(SpikingNetworkOptions.Reference.Network.EvaluationCode, model.Network.EvaluationCode);
    }

    [TestMethod]
    [DataRow("published")]
    [DataRow("published-half")]
    [DataRow("published-bfloat16")]
    [DataRow("state-dict")]
    public void A_checkpoint_of_any_type_scores_as_the_equations_of_its_numbers(string name)
    {
        SpikingModel model = PyTorchFile.Read(Fixture(name), s_standardised with { TimeSteps = 50, MembraneTimeConstant = 20, SynapseTimeConstant = 5 });
        Func<float, float> round = name.Contains("half", StringComparison.Ordinal) ? value => (float)(Half)value
            : name.Contains("bfloat", StringComparison.Ordinal) ? ToBFloat16 : value => value;
        PublishedEquations equations = PublishedEquations.Of(s_golden).Rounded(round);
        equations = new()
        {
            Excitatory = equations.Excitatory, Inhibitory = equations.Inhibitory, InputScale = equations.InputScale, Topology = equations.Topology, InterWeights = equations.InterWeights,
            AverageRate = equations.AverageRate, TargetRate = equations.TargetRate, Hidden = equations.Hidden, Output = equations.Output, TimeSteps = 50,
            OfExcitatory = equations.OfExcitatory, OfInhibitory = equations.OfInhibitory,
        };
        CounterRandom random = CounterRandom.FromSeed(5);
        float[] rows = [.. Enumerable.Range(0, 40 * 24).Select(i => (float)(4 * random.Uniform((ulong)i) - 1))];

        Close(rows.Chunk(24).SelectMany(row => equations.Logits(row)), Logits(model, rows), 1e-5);
    }

    [TestMethod]
    public void What_the_program_remembers_of_its_training_comes_along()
    {
        SpikingModel model = PyTorchFile.Read(Fixture("published"), s_standardised);

        Assert.AreEqual(938, model.Training.Batches);
        Assert.AreEqual(0.833, model.Training.ValidationAccuracy!.Value, 1e-6);
        Assert.HasCount(2, model.Training.History);
        Assert.AreEqual((2, 0.51, 0.8444, 0.833, 0.069), (model.Training.History[1].Epoch, model.Training.History[1].Loss, Math.Round(model.Training.History[1].Accuracy, 9),
            Math.Round(model.Training.History[1].ValidationAccuracy!.Value, 9), model.Training.History[1].SpikeRate));
        Assert.AreEqual((2, 4), (model.Training.Recipe!.Epochs, model.Training.Recipe.BatchSize));
        Assert.AreEqual(TimeSpan.FromMinutes(386.5), model.Provenance.Duration);
    }

    [TestMethod]
    public void A_prediction_moves_nothing_and_depends_on_its_row_alone()
    {
        SpikingModel model = PyTorchFile.Read(Fixture("published"), s_standardised);
        float[] rows = s_golden.Array("inputs.x");
        double[] together = Logits(model, rows), apart = [.. rows.Chunk(24).Reverse().Select(row => Logits(model, row)).Reverse().SelectMany(logits => logits)];

        CollectionAssert.AreEqual(together, apart);
        CollectionAssert.AreEqual(s_golden.Array("inputs.spike_rate_avg"), model.Layers[0].AverageRate.ToArray());
    }

    [TestMethod]
    public void It_predicts_in_a_pipeline_and_goes_on_into_a_model_zip()
    {
        var ml = new MLContext(seed: 1);
        var warnings = new List<string>();
        ml.Log += (_, line) => warnings.Add(line.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? line.RawMessage : "");
        SpikingNetworkTransformer network = ml.Model.LoadFromPyTorch(Fixture("published"), s_standardised with { Classes = ["a", "b", "c"] });
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        IDataView rows = ml.Data.LoadFromEnumerable(s_golden.Array("inputs.x").Chunk(24).Select(row => new Row { Features = row }), schema);
        var pipeline = network.Append(ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel").Fit(network.Transform(rows)));
        using var file = new MemoryStream();
        ml.Model.Save(pipeline, rows.Schema, file);

        string[] classes = [.. pipeline.Transform(rows).GetColumn<string>("Class")];
        int[] best = [.. s_golden.Array("expected.logits").Chunk(3).Select(logits => Array.IndexOf(logits, logits.Max()))];
        CollectionAssert.AreEqual(best.Select(k => "abc"[k].ToString()).ToArray(), classes);
        Views.SameValues(pipeline.Transform(rows), ml.Model.Load(file, out _).Transform(rows));
        Assert.IsTrue(warnings.Exists(line => line.Contains("1 of the hyperparams", StringComparison.Ordinal) && line.Contains("dataset", StringComparison.Ordinal)), string.Join('\n', warnings));
    }

    [TestMethod]
    public void A_training_goes_on_from_it()
    {
        var ml = new MLContext(seed: 1);
        SpikingModel model = PyTorchFile.Read(Fixture("published"), s_standardised);
        float[][] rows = s_golden.Array("inputs.x").Chunk(24).ToArray();
        IDataView data = ml.Transforms.Conversion.MapValueToKey("Label", nameof(LabelledRow.Class)).Fit(Rows(3)).Transform(Rows(40));

        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Network = model.Network, Epochs = 20, BatchSize = 8, Seed = 1, Optimiser = new AdamW { LearningRate = 0.01 } };
        SpikingModel further = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data, model).Model;

        // The columns are those of the checkpoint, the readout has learnt.
        CollectionAssert.AreEqual(model.Layers[0].InputWeights, further.Layers[0].InputWeights);
        CollectionAssert.AreNotEqual(model.HiddenWeights, further.HiddenWeights);
        Assert.IsLessThan(further.Training.History[0].Loss, further.Training.History[^1].Loss);

        IDataView Rows(int count) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new LabelledRow { Class = i % 3, Features = rows[i % 3] }));
    }

    [TestMethod]
    [DataRow("module", "it asks for '__main__.Network', which is never made of a stranger's file; save a state_dict")]
    [DataRow("before-1.6", "from before PyTorch 1.6")]
    public void What_is_no_checkpoint_of_numbers_is_refused_by_what_it_is(string name, string said) => StringAssert.Contains(Refusal(Fixture(name), null), said);

    [TestMethod]
    public void A_state_dict_alone_asks_for_the_time_steps()
        => StringAssert.Contains(Refusal(Fixture("state-dict"), null), "it does not say for how many time steps a row is shown (its hyperparams: none); say so by PyTorchOptions.TimeSteps.");

    [TestMethod]
    public void Constants_that_are_not_of_the_time_constants_are_refused()
    {
        StringAssert.Contains(Refusal(Fixture("published"), s_standardised with { MembraneTimeConstant = 10 }), "its 'lif_exc.alpha' is 0.951");
        StringAssert.Contains(Refusal(Fixture("published-half"), s_standardised with { SynapseTimeConstant = 5.1 }), "its 'lif_exc.beta' is 0.81");
        StringAssert.Contains(Refusal(Fixture("published-bfloat16"), s_standardised with { MembraneTimeConstant = 15 }), "its 'lif_exc.alpha' is 0.953125");
    }

    [TestMethod]
    public void Options_that_cannot_be_are_refused_before_the_file_is_opened()
    {
        Assert.ThrowsExactly<ArgumentException>(() => PyTorchFile.Read("nowhere.pth", new PyTorchOptions { TimeSteps = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => PyTorchFile.Read("nowhere.pth", new PyTorchOptions { Classes = ["a", "a"] }));
        StringAssert.Contains(Refusal(Fixture("published"), s_standardised with { Classes = ["a", "b"] }), "it tells 3 classes apart, but Classes names 2.");
    }

    [TestMethod]
    public void Tensors_that_are_not_the_published_networks_are_named()
    {
        void Check(string said, Func<PickleDict, PickleDict> change)
        {
            PickleDict state = change(PublishedState.Of(SmallModels.Published()));
            Pack(new() { ["state"] = state, ["hyperparams"] = new PickleDict { ["T"] = 4L, ["num_columns"] = 3L } });
            StringAssert.Contains(Refusal(_path, null), said);
        }
        Check("it has no 'readout.3.bias'.", state => { state.Remove("readout.3.bias"); return state; });
        Check("it has a tensor 'columns.0.norm.weight', which the published network does not", state => { state["columns.0.norm.weight"] = PickleTensor.Of(1f); return state; });
        Check("its 'columns.1.lif_exc.alpha' is 0.5", state => { state["columns.1.lif_exc.alpha"] = PickleTensor.Of(0.5f); return state; });
        Check("its 'input_scale' is Float [11], but should have the shape [12].", state => { state["input_scale"] = PickleTensor.Of([11], new float[11]); return state; });
        Check("its 'topology' has other numbers than 0 and 1.", state => { state["topology"] = PickleTensor.Of([3, 3], new float[] { 0, 2, 0, 0, 0, 0, 0, 0, 0 }); return state; });
        Check("its 'target_rate' does not lie between 0 and 1.", state => { state["target_rate"] = PickleTensor.Of(float.NaN); return state; });
        Check("'layers.0.inter_columns.weight'[0, 0] is NaN", state => { state["inter_weights"] = PickleTensor.Of([3, 3], new float[] { float.NaN, 0, 0, 0, 0, 0, 0, 0, 0 }); return state; });
        Check("its hyperparams say 3 columns, but its tensors are of 2.", Without);
        Check("it has no 'columns.0.fc_exc.weight', and so no network of the published program", _ => []);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_network_of_every_kind_comes_back_as_it_was(string name)
    {
        var (_, model, network) = SmallModels.Networks.Single(made => made.Name == name);
        PyTorchFile.Write(model, _path);
        SameModel.Check(model, PyTorchFile.Read(_path));
        if (network is null)
        {
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadFromPyTorch(_path)).Message, "ml.Transforms.SpikingFeatures");
            return;
        }
        PyTorchFile.Write(network, _path);
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer loaded = ml.Model.LoadFromPyTorch(_path);
        SameModel.Check(model, loaded.Model);
        CollectionAssert.AreEqual(network.ClassNames.ToArray(), loaded.ClassNames.ToArray());
        if (name == "chain") return;   // its rows are of another step's making
        Views.SameValues(network.Transform(SmallModels.Rows(ml)), loaded.Transform(SmallModels.Rows(ml)));
    }

    [TestMethod]
    public void A_network_of_any_options_predicts_as_it_did() => Property.ForAll(AnyTraining.Drawn, drawn =>
    {
        var ml = new MLContext(seed: 1);
        IDataView data = drawn.Data(ml);
        SpikingNetworkTransformer made = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(data);
        PyTorchFile.Write(made, _path);
        SpikingNetworkTransformer loaded = ml.Model.LoadFromPyTorch(_path);

        SameModel.Check(made.Model, loaded.Model);
        Views.SameValues(made.Transform(data), loaded.Transform(data));
    }, times: 20);

    [TestMethod]
    public void A_network_of_the_published_kind_goes_out_under_the_programs_keys_and_comes_back_as_it_was()
    {
        SpikingModel model = SmallModels.Published() with { Training = TrainingRecord.None with { Batches = 1 << 20 } };
        PyTorchFile.Write(model, _path);

        SameModel.Check(model, PyTorchFile.Read(_path));
        Assert.IsTrue(PublishedForm.Has(model));
        using var archive = new TorchArchive(new MemoryStream(File.ReadAllBytes(_path)));
        var root = (PickleDict)archive.Root()!;
        var state = (PickleDict)root["model_state_dict"]!;
        Assert.HasCount(3 * 6 + 12, state);
        CollectionAssert.AreEqual(model.Layers[0].InputWeights.Skip(12 * (5 + 4)).Take(12).ToArray(), archive.Read((TorchTensor)state["columns.1.fc_inh.weight"]!));
        // Without what only we know of it, it is the program's, and the same network.
        root.Remove("microsoft.ml.spiking");
        Pack(new() { ["hyperparams"] = new PickleDict { ["T"] = 4L }, ["model_state_dict"] = Again(state, archive) });
        SpikingModel alone = PyTorchFile.Read(_path, new PyTorchOptions { Mean = model.Standardisation.Offset[0], Deviation = model.Standardisation.Unit[0] });
        SameModel.CheckNumbers(model, alone);
    }

    [TestMethod]
    public void Golden_rows_go_out_and_come_back_and_the_network_keeps_them()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer network = SmallModels.Networks.First().Network!;
        GoldenRows golden = GoldenRows.Of(network.Model, SmallModels.Rows(ml), count: 3);
        PyTorchFile.Write(network, _path, golden);

        Assert.AreEqual(golden.ToJson(), PyTorchFile.ReadGolden(_path)!.ToJson());
        Assert.IsTrue(golden.Check(PyTorchFile.Read(_path)).IsKept);
        Assert.IsNull(PyTorchFile.ReadGolden(Fixture("published")));
    }

    [TestMethod]
    public void What_PyTorch_loaded_of_ours_and_saved_again_is_the_same_network()
        => SameModel.Check(SmallModels.Published(), PyTorchFile.Read(Fixture("saved-again")));

    [TestMethod]
    public void A_state_dict_that_was_trained_on_elsewhere_is_what_counts()
    {
        SpikingModel model = SmallModels.Published();
        PyTorchFile.Write(model, _path);
        byte[] file = File.ReadAllBytes(_path);
        using (var archive = new TorchArchive(new MemoryStream(file)))
        {
            var root = (PickleDict)archive.Root()!;
            PickleDict state = Again((PickleDict)root["model_state_dict"]!, archive), ours = (PickleDict)root["microsoft.ml.spiking"]!;
            state["readout.3.bias"] = PickleTensor.Of([2], [7, 8]);
            state["target_rate"] = PickleTensor.Of(0.07f);
            ours["arrays"] = Again((PickleDict)ours["arrays"]!, archive);
            Pack(new() { ["model_state_dict"] = state, ["microsoft.ml.spiking"] = ours });
            SpikingModel read = PyTorchFile.Read(_path);
            CollectionAssert.AreEqual((float[])[7, 8], read.OutputBias.ToArray());
            Assert.AreEqual(0.07f, read.Layers[0].TargetRate);

            for (int c = 0; c < 3; c++) state[$"columns.{c}.lif_exc.alpha"] = PickleTensor.Of(0.5f);
            Pack(new() { ["model_state_dict"] = state, ["microsoft.ml.spiking"] = ours });
        }
        StringAssert.Contains(Refusal(_path, null), "are of different networks");
    }

    [TestMethod]
    public void A_pickle_that_would_run_a_program_is_refused_with_the_files_name()
    {
        string proof = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Save(_path, Whole(Dictionary(("model_state_dict", Call(Global("os", "system"), Text($"touch {proof}"))))));

        Assert.AreEqual($"'{_path}' could not be read as a PyTorch checkpoint: it asks for 'os.system', which is never made of a stranger's file; save a state_dict, of tensors, numbers, "
            + "texts, lists and dictionaries, and no object. [SPK7002]", Refusal(_path, null));
        Assert.IsFalse(File.Exists(proof));
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Fixtures", name + ".pth");

    private static PickleDict Without(PickleDict state)
    {
        PickleDict smaller = PublishedState.Of(SmallModels.Published());
        foreach (string key in state.Keys.Where(key => key.StartsWith("columns.2.", StringComparison.Ordinal))) smaller.Remove(key);
        foreach (string key in (string[])["topology", "inter_weights"]) smaller[key] = PickleTensor.Of([2, 2], new float[4]);
        smaller["spike_rate_avg"] = PickleTensor.Of([2], new float[2]);
        smaller["readout.0.weight"] = PickleTensor.Of([2, 10], new float[20]);
        return smaller;
    }

    private static PickleDict Again(PickleDict state, TorchArchive archive)
    {
        var again = new PickleDict(ordered: true);
        foreach (var (key, value) in state)
            if (value is TorchTensor tensor && tensor.Storage.Type == TorchType.Float) again[key] = PickleTensor.Of([.. tensor.Shape.Select(d => (int)d)], archive.Read(tensor));
        return again;
    }

    private void Pack(PickleDict root)
    {
        var (pickle, storages) = Pickler.Write(root);
        Save(_path, pickle, [.. storages.Select((bytes, i) => ($"saved/data/{i}", bytes))]);
    }

    private static string Refusal(string path, PyTorchOptions? options)
    {
        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => PyTorchFile.Read(path, options));
        Assert.IsTrue(Trouble.Foreign.Is(refusal));
        return refusal.Message;
    }

    private static double[] Logits(SpikingModel model, float[] x)
    {
        int rows = x.Length / model.Input.Features;
        var logits = new float[rows * model.Classes];
        new SpikingScorer(model).Run(new IntensityBatch(x, model.Input.Features), rows, logits, new float[rows * model.Network.AllColumns]);
        return [.. logits.Select(logit => (double)logit)];
    }

    private static void Close(IEnumerable<double> expected, double[] actual, double within)
    {
        double[] all = [.. expected];
        Assert.HasCount(all.Length, actual);
        for (int i = 0; i < all.Length; i++) Assert.AreEqual(all[i], actual[i], within, i.ToString(CultureInfo.InvariantCulture));
    }

    private static float ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);   // to the nearest, of two to the even one
    }

    private sealed class LabelledRow
    {
        public int Class { get; set; }

        [VectorType(24)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Row
    {
        [VectorType(24)]
        public float[] Features { get; set; } = [];
    }
}
