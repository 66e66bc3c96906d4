using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Tests.Model;
using Text = System.Text.Encoding;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class CheckpointTests
{
    private static readonly SpikingNetworkOptions s_options = Toy.Options with { Batches = null, Epochs = 2, BatchSize = 12 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint").FullName;

    private string File => Path.Combine(_folder, "run.checkpoint");

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void One_is_written_at_the_end_of_every_epoch_and_nothing_beside_it()
    {
        var written = new List<int>();
        Fit(s_options with { CheckpointPath = File, Progress = new Reports(_ => written.Add(CheckpointFile.Read(File).Header.Batches)) });

        CollectionAssert.AreEqual(new[] { 2, 4 }, written);
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    [DataRow(OnCancel.Throw)]
    [DataRow(OnCancel.ReturnBestSoFar)]
    public void One_is_written_where_training_is_cancelled_whatever_is_to_come_of_it(OnCancel onCancel)
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(_ => source.Cancel());
        SpikingNetworkOptions options = s_options with { CheckpointPath = File, ProgressInterval = 1, Progress = reports, CancellationToken = source.Token, OnCancel = onCancel };

        if (onCancel == OnCancel.Throw) Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options));
        else Fit(options);

        Assert.AreEqual(1, CheckpointFile.Read(File).Header.Batches);
        Assert.IsEmpty(CheckpointFile.Read(File).Header.History, "the epoch is not over");
    }

    [TestMethod]
    public void One_is_written_when_time_is_up_and_the_training_goes_on_from_it()
    {
        SpikingModel whole = Fit(s_options).Model;
        SpikingNetworkOptions hurried = s_options with { CheckpointPath = File, MaximumTime = TimeSpan.FromTicks(1) };
        Assert.AreEqual(1, Fit(hurried).Model.Training.Batches);
        for (int sitting = 2; sitting < 4; sitting++) Assert.AreEqual(sitting, Fit(hurried with { ResumeFrom = File }).Model.Training.Batches);
        SpikingModel last = Fit(hurried with { ResumeFrom = File }).Model;

        Assert.AreEqual(TrainingEnd.Completed, last.Training.End);
        CollectionAssert.AreEqual(whole.OutputWeights.ToArray(), last.OutputWeights.ToArray());
    }

    [TestMethod]
    public void Its_arrays_are_safetensors_under_the_models_names()
    {
        Fit(s_options with { CheckpointPath = File });

        Dictionary<string, byte[]> entries = ModelZip.Entries(System.IO.File.ReadAllBytes(File));
        CollectionAssert.AreEqual(new[] { "Checkpoint.json", "Network.json", "Recipe.json", "Inputs.safetensors", "State.safetensors", "SHA256" }, entries.Keys.ToArray());
        StringAssert.Contains(Text.Latin1.GetString(entries["State.safetensors"]), "\"readout.output.weight\"");
        StringAssert.Contains(Text.Latin1.GetString(entries["State.safetensors"]), "\"layers.0.plasticity.potential\"");
    }

    [TestMethod]
    public void Of_several_layers_the_one_that_differs_is_named()
    {
        ColumnLayer layer = s_options.Network.ColumnLayers[0];
        SpikingNetworkOptions deep = s_options with { Network = s_options.Network with { Layers = [layer, layer] } };
        Fit(deep with { CheckpointPath = File });

        Refuses(deep with { Network = deep.Network with { Layers = [layer, layer with { Modulation = 0.2 }] } },
            "was trained with Layers[1].Modulation = 0.1, but the options say 0.2;");
    }

    [TestMethod]
    public void Other_options_are_named_with_both_values()
    {
        Fit(s_options with { CheckpointPath = File });

        Refuses(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Columns = 5 }) }, "was trained with Columns = 4, but the options say 5;");
        Refuses(s_options with { Epochs = 3 }, "was trained with Epochs = 2, but the options say 3;");
        Refuses(s_options with { Optimiser = s_options.Optimiser with { Beta1 = 0.5 } }, "was trained with Optimiser.Beta1 = 0.9, but the options say 0.5;");
        Refuses(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null }) }, "was trained with Plasticity = correlation-stdp, but the options say null;");
        Refuses(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }, "was trained with Learning = surrogate, but the options say reservoir;");
        Refuses(s_options with { Seed = 2 }, "was trained with Seed = 1, but the options say 2; resume it with its own options, or start afresh.");
    }

    [TestMethod]
    public void Options_that_do_not_shape_the_weights_may_differ()
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(s_options with { CheckpointPath = File, Progress = new Reports(_ => source.Cancel()), CancellationToken = source.Token }));

        SpikingModel resumed = Fit(s_options with
        {
            ResumeFrom = File, Device = TrainingDevice.Auto, ProgressInterval = 1, ValidationSet = Toy.Data(_ml), ValidationInterval = 1, EarlyStopping = new EarlyStopping(), MaximumTime = TimeSpan.FromHours(1),
            OnCancel = OnCancel.ReturnBestSoFar,
        }).Model;

        CollectionAssert.AreEqual(Fit(s_options).Model.OutputWeights.ToArray(), resumed.OutputWeights.ToArray());
        Assert.AreEqual(2, resumed.Training.BestEpoch, "the first epoch's model was not kept");
    }

    [TestMethod]
    public void An_option_that_an_older_version_did_not_know_is_as_by_default()
    {
        Fit(s_options with { CheckpointPath = File });
        Checkpoint older = CheckpointFile.Read(File);
        Assert.IsTrue(older.Network["Layers"]![0]!.AsObject().Remove("Modulation"));
        CheckpointFile.Write(older);

        Assert.AreEqual(4, Fit(s_options with { ResumeFrom = File }).Model.Training.Batches);
        Refuses(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Modulation = 0.2 }) }, "was trained with Modulation = 0.1, but the options say 0.2;");
    }

    [TestMethod]
    public void Options_left_to_the_data_are_compared_as_they_were_chosen()
    {
        SpikingNetworkOptions open = s_options with { Network = s_options.Network with { Code = null, Scaling = FeatureScaling.Auto }, BatchSize = null };
        Fit(open with { CheckpointPath = File });
        Checkpoint written = CheckpointFile.Read(File);

        written.CheckOptions(open);   // before anybody has seen the data
        Assert.AreEqual(2, Fit(open with { ResumeFrom = File }).Model.Training.Batches);
        Refuses(open with { BatchSize = 16 }, "was trained with BatchSize = 32, but the options say 16;");
    }

    [TestMethod]
    public void Other_data_are_told_by_what_they_differ_in()
    {
        Fit(s_options with { CheckpointPath = File });

        RefusesData(Toy.Data(_ml, rows: 25), "was trained on 24 rows, and these are 25; resume it on the data that it was trained on.");
        RefusesData(Toy.Keyed(_ml, Toy.Samples(27).Skip(3)), "was trained on features of mean");
        RefusesData(Toy.Keyed(_ml, [.. Toy.Samples(24).Skip(3), .. Toy.Samples(3)]), "was trained on other features, or rows in another order;");
        RefusesData(Toy.Keyed(_ml, Toy.Samples(24).Select((sample, row) => new Sample { Class = "abc"[row / 8].ToString(), Features = sample.Features })), "was trained on rows whose labels stand in another order;");
        RefusesData(_ml.Transforms.Concatenate("Features", "Features", "Features").Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml)), "was trained on inputs of dimensions [7], and these are [14];");
    }

    [TestMethod]
    public void Other_weights_are_other_options_or_other_data()
    {
        SpikingNetworkOptions weighted = s_options with { ExampleWeightColumnName = "Weight", ClassWeights = ClassWeights.Of(("a", 2)) };
        IDataView Weighed(float last) => _ml.Transforms.CustomMapping<Sample, RowWeight>((sample, weight) => weight.Weight = sample.Id == 23 ? last : 1, null).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));
        SpikingModel Trained(SpikingNetworkOptions options, float last) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Weighed(last)).Model;
        void Differs(SpikingNetworkOptions options, float last, string sentence)
            => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Trained(options with { ResumeFrom = File }, last)).Message, $"The checkpoint '{File}' was trained {sentence}");
        SpikingModel whole = Trained(weighted with { CheckpointPath = File }, last: 3);

        Differs(s_options with { ExampleWeightColumnName = "Weight" }, 3, "with ClassWeights = given, but the options say null;");
        Differs(weighted with { ClassWeights = ClassWeights.Of(("a", 3)) }, 3, "with ClassWeights.Weights.a = 2, but the options say 3;");
        Differs(weighted with { ExampleWeightColumnName = null }, 3, "on rows that weigh otherwise;");
        Differs(weighted, 4, "on rows that weigh otherwise;");
        CollectionAssert.AreEqual(whole.OutputWeights, Trained(weighted with { ResumeFrom = File }, last: 3).OutputWeights);
    }

    [TestMethod]
    public void Another_format_is_named()
    {
        Fit(s_options with { CheckpointPath = File });
        Change("Checkpoint.json", bytes => Text.UTF8.GetBytes(Text.UTF8.GetString(bytes).Replace("\"Format\": 3", "\"Format\": 4", StringComparison.Ordinal)));

        Damaged($"is of format 4, written by version {CheckpointHeader.CurrentLibrary}, but this is version {CheckpointHeader.CurrentLibrary}, which reads format 3; resume it with the version that wrote it. [SPK5001]");
    }

    [TestMethod]
    [DataRow("Checkpoint.json")]
    [DataRow("Network.json")]
    [DataRow("Recipe.json")]
    [DataRow("Inputs.safetensors")]
    [DataRow("State.safetensors")]
    public void One_changed_byte_is_found_out(string entry)
    {
        Fit(s_options with { CheckpointPath = File });
        Change(entry, bytes =>
        {
            // Of the text a letter, so that it stays JSON.
            bytes[entry.EndsWith("json", StringComparison.Ordinal) ? Array.LastIndexOf(bytes, (byte)':') - 2 : bytes.Length - 3] ^= 1;
            return bytes;
        });

        Damaged("is damaged, or no checkpoint: its bytes are not those that were written.");
    }

    [TestMethod]
    public void A_missing_entry_a_file_cut_short_and_another_file_are_found_out()
    {
        Fit(s_options with { CheckpointPath = File });
        byte[] sound = System.IO.File.ReadAllBytes(File);

        Change("State.safetensors", _ => null);
        Damaged("is damaged, or no checkpoint: it has no entry 'State.safetensors'.");
        System.IO.File.WriteAllBytes(File, sound[..^100]);
        Damaged("is damaged, or no checkpoint: ");
        System.IO.File.WriteAllText(File, "not a zip");
        Damaged("is damaged, or no checkpoint: ");
    }

    [TestMethod]
    public void A_file_or_a_folder_that_is_not_there_is_said_before_anything_is_read()
    {
        string absent = Path.Combine(_folder, "absent", "run.checkpoint");

        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => Fit(s_options with { ResumeFrom = absent })).Message, $"ResumeFrom is '{absent}', but there is no such file;");
        StringAssert.Contains(Assert.ThrowsExactly<DirectoryNotFoundException>(() => Fit(s_options with { CheckpointPath = absent })).Message, $"but there is no folder '{Path.GetDirectoryName(absent)}'; make it first.");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => Fit(s_options with { CheckpointPath = _folder })).Message, "but that is a folder; name a file.");
    }

    [TestMethod]
    public void A_write_that_fails_leaves_the_one_before()
    {
        Fit(s_options with { CheckpointPath = File });
        byte[] before = System.IO.File.ReadAllBytes(File);

        Assert.ThrowsExactly<InvalidOperationException>(() => WholeFile.Write(File, stream =>
        {
            stream.Write([1, 2, 3]);
            throw new InvalidOperationException();
        }));

        CollectionAssert.AreEqual(before, System.IO.File.ReadAllBytes(File));
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void One_that_cannot_be_written_is_a_warning_and_training_goes_on_to_the_same_model()
    {
        // Where the checkpoint would be there is a folder, until the first epoch is over.
        var reports = new Reports(progress =>
        {
            if (progress is EpochProgress) Directory.Delete(File);
            else if (progress.Batches == 1) Directory.CreateDirectory(File);
        });
        List<string> warnings = Warnings();
        SpikingNetworkOptions options = s_options with { CheckpointPath = File, ProgressInterval = 1 };
        SpikingModel model = Fit(options with { Epochs = 1, Progress = reports }).Model;

        StringAssert.StartsWith(warnings.Single(), $"The checkpoint '{File}' of batch 2 cannot be written: ");
        StringAssert.EndsWith(warnings.Single(), "[SPK5002]");
        CollectionAssert.AreEqual(Fit(options with { Epochs = 1 }).Model.OutputWeights.ToArray(), model.OutputWeights.ToArray());
        Assert.AreEqual(2, CheckpointFile.Read(File).Header.Batches, "what was in the way is gone");
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_folder_that_vanishes_is_a_warning_an_epoch_and_training_goes_on()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "gone")).FullName, path = Path.Combine(folder, "run.checkpoint");
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 1) Directory.Delete(folder, recursive: true);
        });
        List<string> warnings = Warnings();

        Fit(s_options with { CheckpointPath = path, ProgressInterval = 1, Progress = reports });

        Assert.HasCount(2, warnings);
        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    public void A_folder_that_nobody_may_write_to_is_said_before_anything_is_trained()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("Folders of Windows have no such mode, and root may write everywhere.");
            return;
        }

        System.IO.File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            StringAssert.StartsWith(Assert.ThrowsExactly<IOException>(() => Fit(s_options with { CheckpointPath = File })).Message, $"CheckpointPath is '{File}', but no file can be written there: ");
        }
        finally
        {
            System.IO.File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TestMethod]
    public void A_second_training_that_would_write_the_same_file_is_refused_at_its_start_and_the_first_goes_on()
    {
        var refused = new List<string>();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 1) refused.Add(Assert.ThrowsExactly<IOException>(() => Fit(s_options with { CheckpointPath = File })).Message);
        });
        List<string> warnings = Warnings();
        Fit(s_options with { CheckpointPath = File, ProgressInterval = 1, Progress = reports });

        Assert.AreEqual($"CheckpointPath is '{File}', but another training that still runs writes its checkpoints there; name another file, or wait for its end. [SPK5001]", refused.Single());
        Assert.IsEmpty(warnings);
        Assert.AreEqual(4, CheckpointFile.Read(File).Header.Batches);
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(_folder));
        Fit(s_options with { CheckpointPath = File });
    }

    [TestMethod]
    public void What_a_killed_training_left_of_one_goes_with_the_next()
    {
        System.IO.File.WriteAllBytes(Path.Combine(_folder, ".run.checkpoint.0123456789AB.partial"), [1]);
        System.IO.File.WriteAllBytes(Path.Combine(_folder, ".run.checkpoint.lock"), [1]);

        Fit(s_options with { CheckpointPath = File });

        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void A_training_that_fails_gives_its_place_back()
    {
        var reports = new Reports(_ => throw new NotSupportedException());
        Assert.ThrowsExactly<NotSupportedException>(() => Fit(s_options with { CheckpointPath = File, ProgressInterval = 1, Progress = reports }));

        Fit(s_options with { CheckpointPath = File });
    }

    private List<string> Warnings()
    {
        var warnings = new List<string>();
        _ml.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning) warnings.Add(line.RawMessage);
        };
        return warnings;
    }

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml));

    private void Refuses(SpikingNetworkOptions options, string sentence)
        => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Fit(options with { ResumeFrom = File })).Message, $"The checkpoint '{File}' {sentence}");

    private void RefusesData(IDataView data, string sentence)
    {
        SpikingNetworkTrainer trainer = _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { ResumeFrom = File });
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(data)).Message, $"The checkpoint '{File}' {sentence}");
    }

    private void Damaged(string sentence)
        => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Fit(s_options with { ResumeFrom = File })).Message, $"The checkpoint '{File}' {sentence}");

    private void Change(string entry, Func<byte[], byte[]?> change) => System.IO.File.WriteAllBytes(File, ModelZip.With(System.IO.File.ReadAllBytes(File), entry, change));

    private sealed class RowWeight
    {
        public float Weight { get; set; }
    }
}
