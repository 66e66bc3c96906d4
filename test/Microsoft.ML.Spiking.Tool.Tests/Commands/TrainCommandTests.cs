using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public TrainCommandTests() => _data = Toy.WriteCsv(_folder["toy.csv"], [.. Enumerable.Range(0, 40).Select(row => Toy.Classes[row % 2])]);

    private string Model => _folder["out/model.zip"];

    private string Checkpoint => _folder["out/model.checkpoint"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void It_writes_a_model_that_tells_the_classes_apart_by_name_and_nothing_but_run_json_beside_it()
    {
        Answer answer = Train("--test", _data);

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
        CollectionAssert.AreEqual(new[] { $"model                {Model}", "test accuracy        1.0000", "training accuracy    1.0000", "epochs               12" }, answer.Lines.Take(4).ToArray());
        CollectionAssert.AreEquivalent(new[] { Model, _folder["out/model.run.json"] }, Directory.GetFiles(_folder["out"]));
        var ml = new MLContext();
        using PredictionEngine<Row, Named> engine = ml.Model.CreatePredictionEngine<Row, Named>(ml.Model.Load(Model, out _));
        Assert.AreEqual("right", engine.Predict(new Row { Features = Toy.Pixels(1, 1) }).PredictedClass);
    }

    [TestMethod]
    public void Test_rows_are_measured_on_as_it_goes_and_nothing_is_chosen_by_them()
    {
        Train();
        SpikingModel without = Weights();

        Answer answer = Train("--test", _data);

        StringAssert.Matches(answer.Errors, new("epoch 12/12  loss [0-9.]+  training accuracy [0-9.]+  test accuracy 1.0000  "));
        CollectionAssert.AreEqual(without.OutputWeights.ToArray(), Weights().OutputWeights.ToArray());
        StringAssert.Matches(Train("--test", _data, "--validation-fraction", "0.3").Errors, new("validation accuracy [0-9.]+  spike rate"));
    }

    [TestMethod]
    public void A_test_set_with_another_class_is_refused_before_the_training()
    {
        Train("--test", Toy.WriteCsv(_folder["up.csv"], "left", "up")).FailsWith(ExitCode.Data, "The training data has no class 'up', which 1 row belongs to.");
        Assert.IsFalse(Directory.Exists(_folder["out"]));
    }

    [TestMethod]
    public void Columns_are_matched_by_their_names_in_test_evaluation_and_prediction()
    {
        string turned = _folder["turned.csv"], names = string.Join(',', Enumerable.Range(0, 16).Reverse().Select(i => $"p{i}"));
        File.WriteAllLines(turned, ["index," + names + ",label", .. Enumerable.Range(0, 10).Select(row => $"{row},{string.Join(',', Toy.Pixels(row % 2, 1).Reverse())},{Toy.Classes[row % 2]}")]);

        Assert.AreEqual(1, Train("--test", turned, "--json").Json.GetProperty("testAccuracy").GetDouble());
        Assert.AreEqual(1, Answer.To("evaluate", "-m", Model, "-d", turned, "--json").Json.GetProperty("microAccuracy").GetDouble());
        StringAssert.StartsWith(Answer.To("predict", turned, "-m", Model).Lines[1], "1\tright\t", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Rows_that_the_trainer_leaves_out_are_warned_of_even_where_it_is_to_be_quiet()
    {
        string[] lines = File.ReadAllLines(_data);
        for (int row = 1; row <= 30; row++) lines[row] = lines[row][..(lines[row].LastIndexOf(',') + 1)];
        File.WriteAllLines(_data, lines);

        foreach (string option in (string[])["--no-progress", "--quiet", "--verbose"])
            Assert.HasCount(2, Train(option).Errors.Split("warning: Left out 30 of 40 rows: of 30 the features are missing or not finite."), option);
        StringAssert.Contains(Train("--test", _data).Output, "test accuracy        1.0000; 30 rows more got no answer", StringComparison.Ordinal);
    }

    [TestMethod]
    public void One_class_alone_is_refused()
        => Run("--data", Toy.WriteCsv(_folder["one.csv"], "left", "left"), "--dry-run").FailsWith(ExitCode.Data, "has one class, 'left', but training tells two or more apart.");

    [TestMethod]
    public void A_quantity_for_a_label_is_warned_of()
    {
        string quantity = _folder.Write("quantity.csv", "a,b,target\n" + string.Concat(Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"{row % 7},{row % 5},{row * 0.37}\n"))));

        string errors = Run("--data", quantity, "--dry-run").Errors;

        StringAssert.Contains(errors, "warning: The label has 60 classes in 60 rows and they are numbers, a quantity as it seems.", StringComparison.Ordinal);
        StringAssert.Contains(errors, "there is no regression yet", StringComparison.Ordinal);
        Assert.DoesNotContain("warning", Train("--dry-run").Errors);
    }

    [TestMethod]
    [DataRow("true|True|false|FALSE", "Classes of the label are written alike but for capitals, or are the same number: FALSE and false, True and true.")]
    [DataRow("0|0.0|1", "or are the same number: 0 and 0.0.")]
    [DataRow("yes|no|NA|?", "The label has the classes ?, NA, which elsewhere stand for no value; leave the cell empty where a row has no label.")]
    [DataRow("yes|no|None", "The label has the class None, which elsewhere stands for no value;")]
    [DataRow("a|A|b|B", null, DisplayName = "letters")]
    public void Classes_that_may_be_none_are_warned_of(string classes, string? warning)
    {
        string[] names = classes.Split('|');
        string data = _folder.Write("names.csv", "x,y,label\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 7},{row % 5},{names[row % names.Length]}\n")));

        string errors = Run("--data", data, "--dry-run").Errors;

        if (warning is null) Assert.DoesNotContain("warning", errors);
        else StringAssert.Contains(errors, warning, StringComparison.Ordinal);
    }

    [TestMethod]
    public void Where_every_row_lacks_a_number_the_way_to_fill_it_is_said()
    {
        string data = _folder.Write("gaps.csv", "x,y,label\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{(row % 2 == 0 ? ",1" : "1,")},{Toy.Classes[row % 2]}\n")));

        Answer answer = Run("--data", data, "--epochs", "1", "--output", Model);

        answer.FailsWith(ExitCode.Data, "There is nothing to train on:");
        StringAssert.Contains(answer.Errors, "--fill-missing puts a column's mean where a number is missing.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Progress_is_a_line_an_epoch_on_stderr_and_none_where_it_is_to_be_quiet()
    {
        string[] lines = [.. Train().Errors.Split(Environment.NewLine).Where(line => line.StartsWith("epoch ", StringComparison.Ordinal))];

        Assert.HasCount(12, lines);
        StringAssert.Contains(lines[11], "epoch 12/12  loss 0.");
        Assert.AreEqual("", Train("--quiet").Errors);
    }

    [TestMethod]
    public void Its_result_as_json_has_these_members()
    {
        JsonElement result = Train("--json", "--validation-fraction", "0.3", "--patience", "2", "--epochs", "60").Json;

        string[] members =
        [
            "model", "end", "testAccuracy", "testUnanswered", "validationAccuracy", "trainingAccuracy", "rows", "epochs", "bestEpoch", "batches", "seconds", "seed", "resume",
        ];
        CollectionAssert.AreEqual(members, result.EnumerateObject().Select(member => member.Name).ToArray());
        Assert.AreEqual("stoppedEarly", result.GetProperty("end").GetString());
        Assert.AreEqual(result.GetProperty("bestEpoch").GetInt32() + 2, result.GetProperty("epochs").GetInt32());
        Assert.AreEqual(1, result.GetProperty("validationAccuracy").GetDouble());
    }

    [TestMethod]
    public void A_folder_of_images_trains_too()
        => Assert.AreEqual(ExitCode.Done, Run("--data", Toy.DrawFolder(_folder["images"]), "--size", "4x4", "--output", Model, "--columns", "4", "--neurons", "16", "--epochs", "1").Code);

    [TestMethod]
    public void Images_are_changed_in_training_as_the_command_line_says()
    {
        ImageAugmentation? Of(params string[] words)
        {
            Answer answer = Run(["--data", Toy.DrawFolder(_folder["images"]), "--size", "4x4", "--output", Model, "--columns", "4", "--neurons", "16", "--epochs", "1", .. words]);
            Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
            return Weights().Training.Recipe!.Augmentation;
        }

        Assert.IsNull(Of());
        Assert.IsNull(Of("--shift", "0"));
        Assert.AreEqual(new ImageAugmentation { MaximumShift = 1 }, Of("--shift", "1"));
        Assert.AreEqual(
            new ImageAugmentation { MaximumShift = 0, MaximumRotation = 10, MaximumScaling = 0.1, MaximumShear = 0.2, Elastic = new ElasticDistortion(), HorizontalFlip = true },
            Of("--rotation", "10", "--scaling", "0.1", "--shear", "0.2", "--elastic", "--flip"));
        Train("--flip").FailsWith(ExitCode.Data, "the network needs images");
        Train("--rotation", "200").FailsWith(ExitCode.Usage, "a number from 0 to 180");
    }

    [TestMethod]
    public void A_dry_run_says_what_the_network_takes_and_leaves_nothing()
    {
        // 16 inputs to 4 columns of 16 neurons, a ring of 2 neighbours, 8 steps, 16 hidden units, 2 classes.
        JsonElement size = Train("--dry-run", "--json").Json;

        Assert.AreEqual(64, size.GetProperty("neurons").GetInt32());
        Assert.AreEqual(64 * 16, size.GetProperty("inputSynapses").GetInt32());
        Assert.AreEqual(4 * 2, size.GetProperty("connections").GetInt32());
        Assert.AreEqual(64 * 16 + 16 + 16 * 2 + 2, size.GetProperty("parameters").GetProperty("readout").GetInt32());
        Assert.AreEqual(64 * 16 + 8 + 1074, size.GetProperty("parameters").GetProperty("all").GetInt32());
        Assert.AreEqual(64 * 16 + 16 * 8 + 64 * 16 + 16 * 2, size.GetProperty("denseMultiplyAdds").GetInt32());
        StringAssert.Contains(Train("--dry-run").Output, "16 inputs -> 4 columns of 16 neurons, 8 steps -> 16 hidden units -> 2 classes");
        Assert.IsFalse(Directory.Exists(_folder["out"]));
    }

    /// <remarks>Of 4 by 4 pixels: 3 channels of 16 neurons with 9 synapses each, of which 4 are passed on; a linear readout of two classes.</remarks>
    [TestMethod]
    public void A_dry_run_counts_a_convolution_before_its_pooling()
    {
        string config = _folder.Write("maps.json",
            """{ "Network": { "Layers": [ { "$type": "convolution", "Channels": 3, "KernelHeight": 3, "KernelWidth": 3 } ], "Readout": { "HiddenUnits": 0, "Dropout": 0 } } }""");

        JsonElement size = Run("--data", Toy.DrawFolder(_folder["pictures"]), "--size", "4x4", "--config", config, "--dry-run", "--json").Json;

        Assert.AreEqual(3 * 16, size.GetProperty("neurons").GetInt32());
        Assert.AreEqual(3 * 16 * 9, size.GetProperty("inputSynapses").GetInt32());
        Assert.AreEqual(3 * 16 * 9 + 3 * 4 * 2, size.GetProperty("denseMultiplyAdds").GetInt32());
        Assert.AreEqual(3 * 9 + 3 * 4 * 2 + 2, size.GetProperty("parameters").GetProperty("all").GetInt32());
    }

    [TestMethod]
    public void A_dry_runs_cost_is_the_dense_cost_that_a_trained_models_prediction_counts()
    {
        long promised = Train("--dry-run", "--json").Json.GetProperty("denseMultiplyAdds").GetInt64();
        Train();
        SpikingModel model = Weights();

        // Each of the 8 connections at the start is 16 multiply-adds; training may have formed or pruned some.
        long counted = new SpikeRecorder(model).Record(Toy.Pixels(0, 1)).Cost.DenseOperations;
        Assert.AreEqual(promised + 16 * (model.Layers[0].Topology.Connections - 8), counted);
    }

    [TestMethod]
    public void Synapses_between_neurons_are_counted_before_training_as_after_it()
    {
        string config = _folder.Write("some.json", """{ "Network": { "Layers": [ { "Recurrence": { } } ] } }""");
        JsonElement size = Train("--config", config, "--dry-run", "--json").Json;

        // Four columns hear two others and themselves, neuron by neuron.
        Assert.AreEqual(12 * 16 * 16, size.GetProperty("layers")[0].GetProperty("recurrentSynapses").GetInt32());
        Assert.AreEqual(64 * 16 + 12 * 16 * 16, size.GetProperty("parameters").GetProperty("columns").GetInt32());
        StringAssert.Contains(Train("--config", config, "--dry-run").Output, "synapses within");
        Assert.DoesNotContain("synapses within", Train("--dry-run").Output);
        Train("--config", config);
        SpikingModel model = Weights();
        Assert.HasCount(12 * 16 * 16, model.Layers[0].RecurrentWeights);
        Assert.AreEqual(size.GetProperty("denseMultiplyAdds").GetInt64() + 16 * (model.Layers[0].Topology.Connections - 8),
            new SpikeRecorder(model).Record(Toy.Pixels(0, 1)).Cost.DenseOperations);
    }

    [TestMethod]
    public void Run_json_says_what_was_run_and_runs_it_again_to_the_bit()
    {
        Train();
        SpikingModel first = Weights();
        JsonElement run = JsonDocument.Parse(File.ReadAllText(_folder["out/model.run.json"])).RootElement;
        string copy = _folder.Write("again.json", run.GetRawText());

        Assert.AreEqual(1, run.GetProperty("seed").GetInt32());
        StringAssert.StartsWith(run.GetProperty("command").GetString(), $"spiking train --data {_data} --columns 4 ");
        Assert.AreEqual(4, run.GetProperty("options").GetProperty("Network").GetProperty("Layers")[0].GetProperty("Columns").GetInt32());

        Assert.AreEqual(ExitCode.Done, Run("--data", _data, "--config", copy, "--output", Model).Code);
        CollectionAssert.AreEqual(first.OutputWeights.ToArray(), Weights().OutputWeights.ToArray());
    }

    [TestMethod]
    public void The_command_line_goes_before_the_configuration_and_that_before_the_preset()
    {
        string config = _folder.Write("some.json",
            """{ "Network": { "Layers": [ { "Columns": 6, "NeuronsPerColumn": 10, "Wiring": { "Neighbours": 2 } } ], "Readout": { "HiddenUnits": 5 } } }""");

        JsonElement size = Run("--data", _data, "--preset", "reference", "--config", config, "--neurons", "12", "--dry-run", "--json").Json;

        JsonElement layer = size.GetProperty("layers").EnumerateArray().Single();
        Assert.AreEqual(6, layer.GetProperty("columns").GetInt32());
        Assert.AreEqual(12, layer.GetProperty("neuronsPerColumn").GetInt32());
        Assert.AreEqual(5, size.GetProperty("hiddenUnits").GetInt32());
        Assert.AreEqual(50, size.GetProperty("timeSteps").GetInt32(), "the reference's");
    }

    [TestMethod]
    public void Time_that_is_up_leaves_a_model_a_checkpoint_and_the_command_to_go_on_which_then_completes_it()
    {
        Train("--epochs", "9");
        SpikingModel whole = Weights();
        string[] hurried = ["--epochs", "9", "--max-time", "0.000001s", "--quiet", "--json"];
        JsonElement result = Train(hurried).Json;

        Assert.AreEqual("timeUp", result.GetProperty("end").GetString());
        Assert.AreEqual(1, result.GetProperty("batches").GetInt32());
        Assert.IsTrue(File.Exists(Checkpoint));
        StringAssert.EndsWith(result.GetProperty("resume").GetString(), $" --resume {Checkpoint}");

        // Its own options: only data and place are said again.
        Answer rest = Run("--data", _data, "--output", Model, "--resume", Checkpoint);
        Assert.AreEqual(ExitCode.Done, rest.Code, rest.Errors);
        CollectionAssert.AreEqual(whole.OutputWeights.ToArray(), Weights().OutputWeights.ToArray());
        Assert.IsFalse(File.Exists(Checkpoint), "it is of no use any more");
    }

    [TestMethod]
    public void A_checkpoint_that_was_asked_for_stays()
    {
        Train("--checkpoint", _folder["kept.checkpoint"]);

        Assert.IsTrue(File.Exists(_folder["kept.checkpoint"]));
    }

    [TestMethod]
    public void What_cannot_be_asked_is_a_usage_error()
    {
        Train("--preset", "huge").FailsWith(ExitCode.Usage, "--preset is 'huge', but it must be default, best or reference.");
        Train("--device", "tpu").FailsWith(ExitCode.Usage, "--device is 'tpu', but it must be auto, cpu or cuda:N.");
        Train("--max-time", "soon").FailsWith(ExitCode.Usage, "--max-time is 'soon', but it must be a time above 0, as in 90s, 15m, 2h or 1:30:00.");
        Train("--columns", "0").FailsWith(ExitCode.Usage, "--columns is '0', but it must be a whole number of at least 1.");
        Train("--learning-rate", "-1").FailsWith(ExitCode.Usage, "--learning-rate is '-1', but it must be a number above 0.");
        Train("--patience", "2").FailsWith(ExitCode.Usage, "--patience waits for a gain on validation rows, but there are none.");
        Train("--batches", "2").FailsWith(ExitCode.Usage, "--epochs and --batches both say how long to train.");
        Train("--test", _data, "--sede", "2").FailsWith(ExitCode.Usage, "Unrecognized command or argument '--sede'");
        Train("--epoch", "2").FailsWith(ExitCode.Usage, "Unrecognized command or argument '--epoch'");
        Train("--config", _folder.Write("wrong.json", """{ "Colums": 4 }""")).FailsWith(ExitCode.Usage, "'Colums'");
        Train("--config", _folder.Write("broken.json", "{")).FailsWith(ExitCode.Usage, "broken.json' cannot be read:");
        Train("--config", _folder.Write("twice.json", """{ "Epochs": 1, "Epochs": 2 }""")).FailsWith(ExitCode.Usage, "twice.json' cannot be read:");
        Assert.IsFalse(Directory.Exists(_folder["out"]), "nothing is written before it is known what to do");
    }

    [TestMethod]
    public void Members_that_a_rule_of_the_configuration_leaves_out_are_the_defaults()
    {
        // The preset has no early stopping, and another code: both rules stand alone. Its readout is changed in one member.
        string config = _folder.Write("some.json",
            """{ "EarlyStopping": { "MinimumGain": 0.01 }, "Network": { "Code": { "Mean": 0.25, "$type": "sigmoid" }, "Readout": { "HiddenUnits": 5 } } }""");

        SpikingNetworkOptions options = OptionsFile.Read(config, new SpikingNetworkOptions { Network = new SpikingNetwork { Readout = new Readout() } });

        Assert.AreEqual(new EarlyStopping { MinimumGain = 0.01 }, options.EarlyStopping);
        Assert.AreEqual(new SigmoidCode { Mean = 0.25 }, options.Network.Code);
        Assert.AreEqual(new Readout { HiddenUnits = 5 }, options.Network.Readout);
    }

    [TestMethod]
    public void A_configuration_of_few_columns_need_not_say_that_each_has_few_neighbours()
    {
        SpikingNetworkOptions options = OptionsFile.Read(_folder.Write("some.json", """{ "Network": { "Layers": [ { "Columns": 5 } ] } }"""), new SpikingNetworkOptions());

        Assert.AreEqual(4, options.Network.ColumnLayers[0].Wired.Neighbours);
    }

    [TestMethod]
    public void A_training_that_diverges_has_an_end_of_its_own_and_writes_no_model()
    {
        string data = _folder.Write("huge.csv", $"a,b,class\n{string.Concat(Enumerable.Range(0, 20).Select(row => row % 2 == 0 ? "3e38,1e38,left\n" : "1e38,3e38,right\n"))}");
        string code = _folder.Write("code.json", """{ "Network": { "Code": { "$type": "sigmoid", "Mean": 0.5, "Deviation": 1e-12 } } }""");

        Answer answer = Run("--data", data, "--config", code, "--learning-rate", "0.3", "--batches", "5", "--columns", "4", "--neurons", "16", "--output", Model);

        answer.FailsWith(ExitCode.Unexpected, "training has diverged");
        StringAssert.Contains(answer.Errors, "hint: no model was written; train again with --learning-rate 0.1, or less.");
        Assert.IsFalse(File.Exists(Model));
    }

    [TestMethod]
    public void What_may_come_next_is_said_in_commands_that_the_tool_understands()
    {
        string[] next = [.. Train("--test", _data).Errors.Split(Environment.NewLine).Where(line => line.StartsWith("  spiking ", StringComparison.Ordinal)).Select(line => line.Split('#')[0].Trim())];

        Assert.AreEqual($"spiking evaluate --model {Model} --data {_data}", next[0]);
        Assert.HasCount(3, next);
        var tool = new Tool.CommandLine(Terminal.Of(TextWriter.Null, TextWriter.Null));
        foreach (string command in next) Assert.IsEmpty(tool.Faults(command.Split(' ')[1..]), command);
        Assert.AreEqual(ExitCode.Done, Answer.To(next[0].Split(' ')[1..]).Code);
    }

    [TestMethod]
    public void What_is_not_there_or_does_not_fit_is_a_data_error()
    {
        Run("--data", _folder["absent.csv"]).FailsWith(ExitCode.Data, "absent.csv' does not exist.");
        Train("--config", _folder["absent.json"]).FailsWith(ExitCode.Data, "absent.json' does not exist.");
        Train("--resume", _folder["absent.checkpoint"]).FailsWith(ExitCode.Data, "absent.checkpoint' does not exist.");
        Train("--resume", _folder.Write("wrong.checkpoint", "no zip")).FailsWith(ExitCode.Data, "wrong.checkpoint' is damaged, or no checkpoint:");
        Train("--preset", "best").FailsWith(ExitCode.Data, "but the network needs images.");
    }

    [TestMethod]
    public void A_checkpoint_of_other_options_or_other_data_is_refused()
    {
        string kept = _folder["kept.checkpoint"], other = Toy.WriteCsv(_folder["other.csv"], "left", "right", "left");
        Train("--checkpoint", kept);

        Train("--resume", kept, "--columns", "6").FailsWith(ExitCode.Usage, "trained with Columns = 4, but the options say 6;");
        Run("--data", other, "--resume", kept, "--output", Model).FailsWith(ExitCode.Data, "was trained on 40 rows, and these are 3;");
    }

    [TestMethod]
    public void A_gpu_that_is_not_there_is_an_error_of_the_back_end()
        => Train("--device", "cuda:99").FailsWith(ExitCode.BackEnd, "CUDA GPU 99 was asked for, but ");

    [TestMethod]
    public void Interrupted_before_the_first_batch_it_writes_no_model()
    {
        Answer answer = Answer.To(new CancellationToken(canceled: true), Arguments([]));

        answer.FailsWith(ExitCode.Interrupted, "Interrupted.");
        Assert.IsFalse(File.Exists(Model));
    }

    [TestMethod]
    public void TensorBoard_gets_the_curves()
    {
        Train("--tensorboard", _folder["board"], "--validation-fraction", "0.3");

        string[] tags = [.. EventRecords.Tags(Directory.GetFiles(_folder["board"]).Single()).Distinct()];
        foreach (string tag in (string[])["loss/training", "accuracy/training", "accuracy/validation", "learning rate", "spike rate", "connections/density"]) CollectionAssert.Contains(tags, tag);
    }

    private Answer Train(params string[] more) => Answer.To(Arguments(more));

    // What comes last counts.
    private string[] Arguments(string[] more)
    {
        List<string> words = ["train", "--data", _data, "--columns", "4", "--neurons", "16", "--hidden", "16", "--epochs", "12", "--batch-size", "10", "--learning-rate", "0.02", "--seed", "1", "--device", "cpu", "--output", Model];
        for (int i = 0; i < more.Length; i++)
            if (more[i].StartsWith("--", StringComparison.Ordinal) && words.IndexOf(more[i]) is > 0 and var at) words.RemoveRange(at, 2);
        return [.. words, .. more];
    }

    private static Answer Run(params string[] arguments) => Answer.To(["train", .. arguments]);

    private SpikingModel Weights() => LoadedModel.Open(new MLContext(), Model).Network.Model;

    private sealed class Row
    {
        [VectorType(16)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class Named
    {
        public string PredictedClass { get; set; } = "";
    }
}
