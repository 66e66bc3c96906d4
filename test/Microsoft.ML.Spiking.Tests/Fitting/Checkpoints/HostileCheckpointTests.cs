using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Checkpoints that are signed and cannot be: what they say is held against history, schedule, options and what numbers may be.</summary>
[TestClass]
public sealed class HostileCheckpointTests : IDisposable
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 9 } };

    private static readonly Dictionary<string, (Func<CheckpointHeader, CheckpointHeader> Change, string Fault)> s_headers = new()
    {
        ["more batches than there are"] = (header => header with { Batches = 65_536 }, "it has 65536 batches done, but its options make a training of 16."),
        ["the most batches"] = (header => header with { Batches = int.MaxValue }, "it has 2147483647 batches done, but its options make a training of 16."),
        ["fewer than none"] = (header => header with { Batches = -1 }, "it has -1 batches done, but its options make a training of 16."),
        ["batches of another epoch"] = (header => header with { Batches = 3, OptimiserSteps = [.. header.OptimiserSteps.Select(_ => 3)], Journal = [] }, "its history has 2 epochs, but its 3 batches are 0."),
        ["one batch more"] = (header => header with { Batches = 11, OptimiserSteps = [.. header.OptimiserSteps.Select(_ => 11)] }, "its sums of an epoch are none that 3 batches leave."),
        ["an optimiser ahead"] = (header => header with { OptimiserSteps = [.. header.OptimiserSteps.Select(_ => 11)] }, "it counts 11 steps of the optimiser in 10 batches."),
        ["an optimiser of fewer weights"] = (header => header with { OptimiserSteps = [10] }, "it counts the optimiser's steps of 1 sets of weights instead of 6."),
        ["an epoch that is none"] = (header => header with { History = [header.History[0], header.History[0]] }, "its history's entry of epoch 2 is none that a training leaves."),
        ["an epoch of no record"] = (header => header with { History = [header.History[0], null!] }, "its history's entry of epoch 2 is none that a training leaves."),
        ["an accuracy above 1"] = (header => header with { History = [header.History[0] with { Accuracy = 3 }, header.History[1]] }, "its history's entry of epoch 1 is none that a training leaves."),
        ["a loss that is no number"] = (header => header with { History = [header.History[0] with { Loss = double.NaN }, header.History[1]] }, "its history's entry of epoch 1 is none that a training leaves."),
        ["connections that nobody formed"] = (header => header with { History = [header.History[0] with { Formed = int.MaxValue }, header.History[1] with { Formed = int.MaxValue }] }, "its history's entry of epoch 1 is none that a training leaves."),
        ["a journal of no columns"] = (header => header with { Journal = [header.Journal[0] with { From = 4 }, .. header.Journal.Skip(1)] }, "its journal of connections has no change of the training's at place 0."),
        ["a journal of no layer"] = (header => header with { Journal = [.. header.Journal.SkipLast(1), header.Journal[^1] with { Layer = 1 }] }, "its journal of connections has no change of the training's at place "),
        ["a journal of later batches"] = (header => header with { Journal = [.. header.Journal.SkipLast(1), header.Journal[^1] with { Batch = 11 }] }, "its journal of connections has no change of the training's at place "),
        ["a journal of nothing"] = (header => header with { Journal = [null!] }, "its journal of connections has no change of the training's at place 0."),
        ["fewer sums"] = (header => header with { Sums = header.Sums with { Sums = [] } }, "it holds 0 sums of an epoch instead of 7."),
        ["sums of other rows"] = (header => header with { Sums = header.Sums with { Rows = 1_000_000 } }, "its sums of an epoch are none that 2 batches leave."),
        ["sums that are no numbers"] = (header => header with { Sums = header.Sums with { Sums = [.. header.Sums.Sums.Select(_ => double.NaN)] } }, "its sums of an epoch are none that 2 batches leave."),
        ["a time before its beginning"] = (header => header with { TrainingTime = TimeSpan.MinValue }, "it says that it trained for -10675199.02:48:05.4775808,"),
        ["a time beyond all"] = (header => header with { EpochTime = TimeSpan.MaxValue }, "and for 10675199.02:48:05.4775807 in its epoch."),
        ["a best model of no epoch"] = (header => header with { Best = header.Best! with { Epoch = 3 } }, "its best model is none of its history."),
        ["a best model of another accuracy"] = (header => header with { Best = header.Best! with { Accuracy = 0.99 } }, "its best model is none of its history."),
        ["a best model of other rates"] = (header => header with { Best = header.Best! with { TargetRates = [float.NaN] } }, "its best model is none of its history."),
        ["a best model that is far larger"] = (header => header with { Best = header.Best! with { Network = Network(header, network => network["Layers"]![0]!["Columns"] = 10_000) } }, "its best model is of another network."),
        ["a best model of learnt neurons"] = (header => header with { Best = header.Best! with { Network = Network(header, network => network["Layers"]![0]!["Excitatory"]!["Threshold"] = 1) } }, "its best model is of another network."),
        ["a best model of no network"] = (header => header with { Best = header.Best! with { Network = JsonSerializer.SerializeToElement(3) } }, "it is no JSON object."),
        ["a best model of no layers"] = (header => header with { Best = header.Best! with { Network = Network(header, network => network["Layers"] = null) } }, ""),
    };

    private static readonly Dictionary<string, (string Array, int Place, float Value, string Fault)> s_numbers = new()
    {
        ["a weight that is no number"] = ("readout.output.weight", 2, float.NaN, "its array 'readout.output.weight' holds NaN at place 2, but that must be a finite number."),
        ["an infinite mean"] = ("optimiser.0.mean", 1, float.PositiveInfinity, "its array 'optimiser.0.mean' holds Infinity at place 1, but that must be a finite number."),
        ["a negative square"] = ("optimiser.0.square", 1, -1, "its array 'optimiser.0.square' holds -1 at place 1, but that must be a finite number, and not negative."),
        ["half a connection"] = ("layers.0.inter_columns.topology", 1, 0.5f, "its array 'layers.0.inter_columns.topology' holds 0.5 at place 1, but that must be 0 or 1."),
        ["an age without end"] = ("layers.0.plasticity.age", 0, 1e30f, "its array 'layers.0.plasticity.age' holds 1E+30 at place 0, but that must be a whole number from 0 to 2²⁴."),
        ["a target rate that is no number"] = ("layers.0.plasticity.target_rate", 0, float.NaN, "its array 'layers.0.plasticity.target_rate' holds NaN at place 0, but that must be a finite number."),
    };

    private static readonly Lazy<byte[]> s_sound = new(() =>
    {
        using var training = new InterruptedTraining();
        training.CancelAt(s_options, progress => progress.Batches == 10);
        Assert.IsNotEmpty(CheckpointFile.Read(training.Path).Header.Journal);
        return File.ReadAllBytes(training.Path);
    });

    private readonly InterruptedTraining _training = new();

    public HostileCheckpointTests() => File.WriteAllBytes(_training.Path, s_sound.Value);

    public static IEnumerable<object[]> Headers => s_headers.Keys.Select(key => new object[] { key });

    public static IEnumerable<object[]> Numbers => s_numbers.Keys.Select(key => new object[] { key });

    public void Dispose() => _training.Dispose();

    [TestMethod]
    public void A_sound_one_is_written_and_read_as_it_was()
    {
        CheckpointFile.Write(Written);

        Assert.HasCount(4, Resumed().Model.Training.History);
    }

    [TestMethod]
    [DynamicData(nameof(Headers))]
    public void What_it_says_of_its_training_must_be_so(string which)
    {
        CheckpointFile.Write(Written with { Header = s_headers[which].Change(Written.Header) });

        Refused(s_headers[which].Fault);
    }

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void Its_numbers_must_be_such_as_a_training_leaves(string which)
    {
        var (array, place, value, fault) = s_numbers[which];
        CheckpointFile.Write(Written with { State = With(Written.State, array, place, value) });

        Refused(fault);
    }

    [TestMethod]
    public void So_must_the_weights_of_the_inputs_and_the_best_models()
    {
        CheckpointFile.Write(Written with { Weights = With(Written.Weights, "layers.0.input.weight", 5, float.NaN) });
        Refused("its array 'layers.0.input.weight' holds NaN at place 5, but that must be a finite number.");

        File.WriteAllBytes(_training.Path, s_sound.Value);
        CheckpointFile.Write(Written with { Best = With(Written.Best!, "readout.output.bias", 1, float.NegativeInfinity) });
        Refused("its array 'readout.output.bias' holds -Infinity at place 1, but that must be a finite number.");

        File.WriteAllBytes(_training.Path, s_sound.Value);
        CheckpointFile.Write(Written with { Best = null });
        Refused("");
    }

    [TestMethod]
    public void What_this_version_does_not_know_is_refused_and_not_passed_over()
    {
        Checkpoint written = Written;
        written.Network["Layers"]![0]!["Dendrites"] = 3;
        CheckpointFile.Write(written);

        Refused("its Network.json cannot be used: The JSON property 'Dendrites' could not be mapped to any .NET member");
    }

    [TestMethod]
    [DataRow("Checkpoint.json")]
    [DataRow("Network.json")]
    [DataRow("Recipe.json")]
    public void Text_that_is_no_object_is_refused(string entry)
    {
        foreach (string text in (string[])["", "null", "[]", "3", "\"text\"", "{", "{\"Layers\": 3}", "{\"Format\": 3}", new string('[', 100_000), "{\"a\": 1, \"a\": 2}"])
        {
            Signed(entry, Encoding.UTF8.GetBytes(text));
            Refused("");
        }
    }

    [TestMethod]
    [DataRow("Checkpoint.json", 100_000_000)]
    [DataRow("Recipe.json", 2_000_000)]
    [DataRow("State.safetensors", 100_000_000)]
    public void A_small_file_does_not_unpack_to_a_large_one(string entry, int bytes)
    {
        Signed(entry, [.. Entries()[entry], .. Enumerable.Repeat((byte)' ', bytes)]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refused($"its {entry} unpacks to more than ");
        Assert.IsLessThan(50_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Checkpoint Written => CheckpointFile.Read(_training.Path);

    private SpikingNetworkTransformer Resumed() => _training.Fit(s_options with { ResumeFrom = _training.Path });

    private void Refused(string fault)
    {
        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => Resumed());
        StringAssert.StartsWith(refusal.Message, $"The checkpoint '{_training.Path}' is damaged, or no checkpoint: ");
        StringAssert.Contains(refusal.Message, fault);
        Assert.IsTrue(Trouble.Checkpoint.Is(refusal));
    }

    private static Dictionary<string, byte[]> Entries() => ModelZip.Entries(s_sound.Value);

    /// <summary>Writes the sound one with another entry, signed.</summary>
    private void Signed(string entry, byte[] bytes)
    {
        Dictionary<string, byte[]> entries = Entries();
        entries[entry] = bytes;
        entries["SHA256"] = Encoding.ASCII.GetBytes(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. entries.Where(e => e.Key != "SHA256").SelectMany(e => e.Value)])));
        using FileStream file = File.Create(_training.Path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using Stream stream = zip.CreateEntry(name).Open();
            stream.Write(content);
        }
    }

    /// <summary>Arrays with another number in one of them.</summary>
    private static byte[] With(byte[] tensors, string array, int place, float value)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(tensors);
        long start = JsonDocument.Parse(tensors.AsMemory(8, length)).RootElement.GetProperty(array).GetProperty("data_offsets")[0].GetInt64();
        byte[] changed = [.. tensors];
        BinaryPrimitives.WriteSingleLittleEndian(changed.AsSpan(8 + length + (int)start + sizeof(float) * place), value);
        return changed;
    }

    private static JsonElement Network(CheckpointHeader header, Action<JsonObject> change)
    {
        var network = JsonObject.Create(header.Best!.Network)!;
        change(network);
        return JsonSerializer.SerializeToElement(network);
    }
}
