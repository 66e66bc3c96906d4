namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>
/// Each number of a checkpoint's header has its range, whose ends are in it: 4 columns, five batches of 5 of 24 rows an epoch, ten of 17 batches done.
/// </summary>
[TestClass]
public class HeaderCheckTests
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { Epochs = null, Batches = 17 };

    private static readonly Dictionary<string, Func<EpochRecord, EpochRecord>> s_epochs = new()
    {
        ["number"] = epoch => epoch with { Epoch = 3 },
        ["loss"] = epoch => epoch with { Loss = double.PositiveInfinity },
        ["accuracy"] = epoch => epoch with { Accuracy = -0.01 },
        ["validation accuracy"] = epoch => epoch with { ValidationAccuracy = 1.01 },
        ["spike rate"] = epoch => epoch with { SpikeRate = -0.01 },
        ["infinite spike rate"] = epoch => epoch with { SpikeRate = double.PositiveInfinity },
        ["density"] = epoch => epoch with { ConnectionDensity = 1.01 },
        ["learning rate"] = epoch => epoch with { LearningRate = double.NaN },
        ["clustering"] = epoch => epoch with { Clustering = 1.01 },
        ["path length"] = epoch => epoch with { PathLength = -1 },
        ["formed"] = epoch => epoch with { Formed = epoch.Formed + 1, Pruned = epoch.Pruned - 1 },
        ["pruned"] = epoch => epoch with { Pruned = epoch.Pruned + 1 },
        ["share of STDP"] = epoch => epoch with { StdpShare = 1.01 },
        ["dead columns"] = epoch => epoch with { DeadColumns = -1 },
        ["saturated columns"] = epoch => epoch with { SaturatedColumns = -1 },
        ["dead and saturated columns"] = epoch => epoch with { DeadColumns = 2, SaturatedColumns = 3 },
    };

    private static readonly Dictionary<string, Func<StructuralChange, StructuralChange>> s_changes = new()
    {
        ["batch"] = change => change with { Batch = 0 },
        ["later batch"] = change => change with { Batch = 11 },
        ["from"] = change => change with { From = -1 },
        ["from beyond"] = change => change with { From = 4 },
        ["to"] = change => change with { To = -1 },
        ["to beyond"] = change => change with { To = 4 },
        ["layer"] = change => change with { Layer = -1 },
        ["layer beyond"] = change => change with { Layer = 1 },
        ["kind"] = change => change with { Kind = (StructuralChangeKind)7 },
        ["reason"] = change => change with { Why = (StructuralReason)77 },
        ["potential"] = change => change with { Potential = float.NaN },
        ["usage"] = change => change with { Usage = float.PositiveInfinity },
        ["weight"] = change => change with { Weight = float.NegativeInfinity },
    };

    private static readonly Dictionary<string, Func<CheckpointHeader, CheckpointHeader>> s_others = new()
    {
        ["no batch"] = header => header with { Batches = 0, OptimiserSteps = [.. header.OptimiserSteps.Select(_ => 0)], Journal = [], History = [] },
        ["a step of the optimiser below none"] = header => header with { OptimiserSteps = [.. header.OptimiserSteps.SkipLast(1), -1] },
        ["a journal that goes back"] = header => header with { Journal = [header.Journal[0] with { Batch = 10 }, header.Journal[0] with { Batch = 9 }] },
        ["one sum that is no number"] = header => header with { Sums = header.Sums with { Sums = [.. header.Sums.Sums.SkipLast(1), double.NaN] } },
        ["a negative learning rate"] = header => header with { Sums = header.Sums with { LearningRate = -1 } },
        ["a negative weight"] = header => header with { Sums = header.Sums with { Weight = -1 } },
        ["a time below nothing"] = header => header with { TrainingTime = TimeSpan.FromTicks(-1) },
        ["a time of an epoch below nothing"] = header => header with { EpochTime = TimeSpan.FromTicks(-1) },
        ["a time of ages"] = header => header with { TrainingTime = TimeSpan.FromDays(100_001) },
        ["a time of an epoch of ages"] = header => header with { EpochTime = TimeSpan.FromDays(100_001) },
        ["a best model before the first epoch"] = header => header with { Best = header.Best! with { Epoch = 0 } },
        ["a best model of other batches"] = header => header with { Best = header.Best! with { Batches = header.Best.Batches + 1 } },
        ["a best model of more layers"] = header => header with { Best = header.Best! with { TargetRates = [0.1f, 0.1f] } },
    };

    private static readonly Dictionary<string, Func<CheckpointHeader, CheckpointHeader>> s_sound = new()
    {
        ["as it was written"] = header => header,
        ["ends of an epoch's ranges"] = header => header with { History = [header.History[0] with { Accuracy = 0, SpikeRate = 0, ConnectionDensity = 1, Clustering = 1, LearningRate = 0, PathLength = null, StdpShare = null, DeadColumns = 1, SaturatedColumns = 3 }, header.History[1]] },
        ["what float32 makes of all"] = header => header with { History = [header.History[0] with { StdpShare = 1.000001 }, header.History[1]] },
        ["an optimiser that did not step"] = header => header with { OptimiserSteps = [.. header.OptimiserSteps.Select(_ => 0)] },
        ["no time"] = header => header with { TrainingTime = TimeSpan.Zero, EpochTime = TimeSpan.Zero },
        ["no best model"] = header => header with { Best = null },
        ["sums of rows that count alike"] = header => header with { Sums = header.Sums with { Weight = null } },
        ["sums of another epoch, at an epoch's end"] = header => header with { Sums = header.Sums with { Batches = 99, Rows = 99 } },
        ["the end, in the midst of an epoch"] = End,
        ["a best model of the last epoch, cut short"] = header => End(header) with { Best = header.Best! with { Epoch = 4, Batches = 17, Accuracy = null } },
        ["sums in the midst of an epoch"] = header => header with { Batches = 12, Sums = header.Sums with { Batches = 2, Rows = 10 } },
    };

    private static readonly Lazy<CheckpointHeader> s_written = new(() =>
    {
        using var training = new InterruptedTraining();
        training.CancelAt(s_options, progress => progress.Batches == 10);
        CheckpointHeader header = CheckpointFile.Read(training.Path).Header;
        Assert.IsNotEmpty(header.Journal);
        return header with { Best = new BestOutline(Accuracy: null, Epoch: 1, Batches: 5, default, [0.1f]) };
    });

    public static IEnumerable<object[]> Epochs => Cases(s_epochs.Keys);

    public static IEnumerable<object[]> Changes => Cases(s_changes.Keys);

    public static IEnumerable<object[]> Others => Cases(s_others.Keys);

    public static IEnumerable<object[]> Sound => Cases(s_sound.Keys);

    [TestMethod]
    [DynamicData(nameof(Epochs))]
    public void An_epoch_is_one_that_a_training_leaves(string member)
        => Refused(header => header with { History = [header.History[0], s_epochs[member](header.History[1])] }, "its history's entry of epoch 2 is none that a training leaves.");

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_of_connections_is_one_of_the_network(string member)
        => Refused(header => header with { Journal = [s_changes[member](header.Journal[0]), .. header.Journal.Skip(1)] }, "its journal of connections has no change of the training's at place 0.");

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void So_is_all_else(string which) => Refused(s_others[which], "");

    [TestMethod]
    public void Sums_are_of_the_batches_within_the_epoch()
    {
        Refused(header => Within(header) with { Sums = header.Sums with { Batches = 1, Rows = 10 } }, "its sums of an epoch are none that 2 batches leave.");
        Refused(header => Within(header) with { Sums = header.Sums with { Batches = 2, Rows = 11 } }, "its sums of an epoch are none that 2 batches leave.");

        static CheckpointHeader Within(CheckpointHeader header) => header with { Batches = 12 };
    }

    [TestMethod]
    [DynamicData(nameof(Sound))]
    public void The_ends_of_the_ranges_are_in_them(string which)
    {
        CheckpointHeader header = s_sound[which](s_written.Value);

        Assert.AreSame(header, Checked(header));
    }

    /// <summary>After all of 17 batches: three epochs of five, and two batches of a fourth.</summary>
    private static CheckpointHeader End(CheckpointHeader header) => header with
    {
        Batches = 17,
        History = [.. header.History, header.History[1] with { Epoch = 3, Formed = 0, Pruned = 0 }, header.History[1] with { Epoch = 4, Formed = 0, Pruned = 0 }],
    };

    private static void Refused(Func<CheckpointHeader, CheckpointHeader> change, string fault)
        => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Checked(change(s_written.Value))).Message, fault);

    private static CheckpointHeader Checked(CheckpointHeader header)
        => new HeaderCheck(header, s_options.Network, new TrainingSchedule(s_options, rows: 24, seed: 1)).Check(optimised: header.OptimiserSteps.Length);

    private static IEnumerable<object[]> Cases(IEnumerable<string> keys) => keys.Select(key => new object[] { key });
}
