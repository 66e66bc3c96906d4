using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Processes that share a training, however many, come to one model to the byte.</summary>
[TestClass]
public sealed class SharedTrainingTests : IDisposable
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { BatchSize = 8, Epochs = 3 };

    private readonly InterruptedTraining _training = new() { Data = ml => Toy.Data(ml, rows: 27) };

    public static IEnumerable<object[]> Trainings =>
    [
        .. ResumeTests.Engines.Select(row => new object[] { (SpikingNetworkOptions)row[0] with { BatchSize = 8, Epochs = 2 } }),
        [s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }],
        [s_options with { Batches = 7, Epochs = null, BatchSize = 16, GradientBlocks = 16, LabelSmoothing = 0.1 }],
    ];

    public void Dispose() => _training.Dispose();

    [TestMethod]
    [DynamicData(nameof(Trainings))]
    public void One_two_four_and_eight_of_them_train_the_same_model(SpikingNetworkOptions options) => AllTheSame(_training, options);

    [TestMethod]
    [DynamicData(nameof(InterruptedConvolutions.Trainings), typeof(InterruptedConvolutions))]
    public void And_so_with_convolutions(SpikingNetworkOptions options)
        => AllTheSame(new InterruptedTraining { Data = InterruptedConvolutions.Data }, options with { BatchSize = 8, Epochs = 2 });

    [TestMethod]
    public void Fewer_rows_than_blocks_leave_some_without_any()
        => AllTheSame(new InterruptedTraining { Data = ml => Toy.Data(ml, rows: 6) }, s_options);

    public static IEnumerable<object[]> Blocks =>
    [
        [s_options with { BlockRows = 16 }],
        [s_options with { BlockRows = 8, Epochs = 5, ClassWeights = ClassWeights.Of(("a", 3)) }],
        [s_options with { BlockRows = 16, ValidationFraction = 0.2, EarlyStopping = new EarlyStopping(), ValidationInterval = 2 }],
        [s_options with { RowMemory = 100 }],
        [s_options with { BatchSize = 32, BlockRows = 32, GradientBlocks = 32 }],   // more blocks than rows
        [InterruptedTraining.Options with { BatchSize = 16, Epochs = 4, BlockRows = 16, ClassWeights = ClassWeights.Balanced, Calibration = null }],
    ];

    /// <summary>Each reads its own share of the rows in each epoch.</summary>
    [TestMethod]
    [DynamicData(nameof(Blocks))]
    public void And_so_with_rows_that_are_not_held(SpikingNetworkOptions options) => AllTheSame(_training, options);

    [TestMethod]
    public void And_so_with_weighed_rows()
    {
        SpikingNetworkOptions options = s_options with { ClassWeights = ClassWeights.Of(("a", 3)), ValidationFraction = 0.3, EarlyStopping = new EarlyStopping() };

        AllTheSame(_training, options);
        AllTheSame(new InterruptedTraining { Data = ml => ml.Transforms.Conversion.ConvertType("Id", outputKind: DataKind.Single).Fit(Toy.Data(ml)).Transform(Toy.Data(ml)) },
            options with { ExampleWeightColumnName = "Id" });
    }

    [TestMethod]
    public void And_so_with_a_model_to_begin_with_and_with_answers_of_yes_or_no()
    {
        SpikingModel start = Toy.Trained.Model;
        SpikingNetworkOptions options = s_options with { Network = start.Network, BlockRows = 8 };
        ImmutableArray<float> Starting(TrainingCommunicator? communicator)
            => new MLContext(seed: 1) is var ml ? ml.MulticlassClassification.Trainers.SpikingNetwork(options with { GradientBlocks = 8, Communicator = communicator }).Fit(Toy.Data(ml), start).Model.OutputWeights : [];
        ImmutableArray<float> Answering(TrainingCommunicator? communicator)
            => new MLContext(seed: 1) is var ml ? ml.BinaryClassification.Trainers.SpikingNetwork(options with { GradientBlocks = 8, Communicator = communicator }).Fit(YesNo.Data(ml)).Model.OutputWeights : [];

        foreach (Func<TrainingCommunicator?, ImmutableArray<float>> weights in (Func<TrainingCommunicator?, ImmutableArray<float>>[])[Starting, Answering])
        {
            ImmutableArray<float> alone = weights(null);
            foreach (ImmutableArray<float> together in Ranks.Run(4, weights)) CollectionAssert.AreEqual(alone, together);
        }
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(8)]
    public void And_so_with_sequences_that_end_before_their_column(int? block)
    {
        const int Steps = 6;
        Sample Sequence(Sample sample) => new()
        {
            Class = sample.Class,
            Features = [.. Enumerable.Range(0, Steps * Toy.Inputs).Select(i => i / Toy.Inputs < Steps - sample.Id % 4 ? sample.Features[i % Toy.Inputs] * (i / Toy.Inputs + 1) / Steps : float.NaN)],
        };

        AllTheSame(new InterruptedTraining { Data = ml => Toy.Keyed(ml, Toy.Samples(27).Select(Sequence), Steps, Toy.Inputs) }, s_options with
        {
            Network = s_options.Network with { Code = new SequenceCode(), Readout = new Readout { HiddenUnits = 0, Windows = 3 } }, BlockRows = block, ValidationFraction = 0.2, Epochs = 2,
        });
    }

    /// <summary>Beyond the first 2,000 each process holds its own share alone.</summary>
    [TestMethod]
    public void And_so_with_more_rows_than_all_of_them_hold()
        => AllTheSame(new InterruptedTraining { Data = ml => Toy.Data(ml, rows: 2_100) }, s_options with { BatchSize = 200, Epochs = 2, ValidationFraction = 0.02 });

    [TestMethod]
    public void Together_they_have_as_often_the_room_of_the_one_that_has_the_least()
    {
        RowRoom[] rooms = Ranks.Run(4, communicator => new SharedTraining(communicator).Room(s_options with { Communicator = communicator, RowMemory = 100 + communicator.Rank }));

        foreach (RowRoom room in rooms)
        {
            room.Take(400);
            Assert.IsFalse(room.IsOver);
            room.Take(1);
            Assert.IsTrue(room.IsOver);
        }
    }

    /// <summary>A machine's memory is taken once, however many of them are on it.</summary>
    [TestMethod]
    public void Processes_of_one_machine_share_its_memory()
    {
        foreach (RowRoom room in Ranks.Run(4, communicator => new SharedTraining(communicator).Room(s_options with { Communicator = communicator })))
        {
            room.Take(RowRoom.OfMachine + 1);
            Assert.IsTrue(room.IsOver);
        }
    }

    [TestMethod]
    public void Rows_that_one_has_no_room_for_several_hold()
    {
        SpikingNetworkOptions options = s_options with { RowMemory = 1000 };   // a row takes 48 bytes and 4 or more

        Assert.IsNotNull(_training.Fit(options).Model.Training.Recipe!.BlockRows);
        Assert.IsNull(Train(_training, options, ranks: 4)[0].Training.Recipe!.BlockRows);
    }

    [TestMethod]
    public void Two_that_add_up_in_any_order_learn_the_same_but_for_rounding()
    {
        SpikingModel exact = Train(new InterruptedTraining(), s_options with { Batches = 1, Epochs = null }, ranks: 2)[0];
        SpikingModel fast = Train(new InterruptedTraining(), s_options with { Batches = 1, Epochs = null, GradientSum = GradientSum.Fast }, ranks: 2)[0];

        Near(exact.HiddenWeights, fast.HiddenWeights, 1e-6);
    }

    /// <summary>Without noise and dropout a batch in blocks is the batch that it is as a whole, and only the sums' order differs.</summary>
    [TestMethod]
    public void Blocks_teach_what_the_whole_batch_teaches()
    {
        SpikingNetworkOptions options = s_options with
        {
            Network = s_options.Network with { Code = new DirectCode { Gain = 1 }, Readout = new Readout { HiddenUnits = 16, Dropout = 0 } },
            BatchSize = 24, Batches = 1, Epochs = null, GradientBlocks = 1, SpikeBudget = new SpikeBudget { SpikesPerRow = 20 }, ClassWeights = ClassWeights.Of(("a", 3)),
            Optimiser = s_options.Optimiser with { GradientNormLimit = 1e-6 },   // so that AdamW's first step, which goes by signs alone, shows sizes
        };
        var rows = new InterruptedTraining();
        SpikingModel whole = rows.Fit(options).Model, blocks = rows.Fit(options with { GradientBlocks = 8 }).Model;

        Near(whole.HiddenWeights, blocks.HiddenWeights, 1e-6);
        Near(whole.Layers[0].InputWeights, blocks.Layers[0].InputWeights, 1e-6);
        Near(whole.Layers[0].InterWeights, blocks.Layers[0].InterWeights, 1e-6);
        Assert.AreEqual(whole.Training.History[0].Loss, blocks.Training.History[0].Loss, 1e-6);
        Assert.AreEqual(whole.Training.History[0].Accuracy, blocks.Training.History[0].Accuracy);
        Assert.AreEqual(whole.Training.History[0].SpikeRate, blocks.Training.History[0].SpikeRate, 1e-7);
    }

    [TestMethod]
    [DataRow(4, 2)]
    [DataRow(1, 8)]
    [DataRow(8, 1)]
    public void Another_number_of_them_goes_on_from_a_checkpoint(int before, int after)
    {
        SpikingNetworkOptions options = s_options with { GradientBlocks = 8 };
        Dictionary<string, byte[]> whole = _training.Entries(options);
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 6) source.Cancel();
        });
        Exception?[] ends = Ranks.Failures(before, communicator => _training.Fit(options with
        {
            Communicator = communicator, CheckpointPath = _training.Path, Progress = reports, CancellationToken = communicator.Rank == 0 ? source.Token : default,
        }, new MLContext(seed: 1)));
        foreach (Exception? end in ends) Assert.IsInstanceOfType<OperationCanceledException>(end);
        Assert.AreEqual(6, CheckpointFile.Read(_training.Path).Header.Batches);

        foreach (Dictionary<string, byte[]> entries in Entries(_training, options with { ResumeFrom = _training.Path, CheckpointPath = _training.Path }, after))
            InterruptedTraining.Same(whole, entries);
    }

    [TestMethod]
    public void The_first_alone_reports()
    {
        var reports = new Reports();

        Ranks.Run(2, communicator => _training.Fit(s_options with { Communicator = communicator, Progress = reports }, new MLContext(seed: 1)));

        Assert.HasCount(3, reports.All.OfType<EpochProgress>());
    }

    [TestMethod]
    public void A_seed_that_nobody_gave_is_the_firsts()
    {
        SpikingNetworkTransformer[] models = Ranks.Run(2, communicator => _training.Fit(s_options with { Communicator = communicator, Seed = null }, new MLContext()));

        Assert.AreEqual(models[0].Model.Training.Seed, models[1].Model.Training.Seed);
    }

    /// <summary>A machine may write numbers otherwise than another.</summary>
    [TestMethod]
    public void The_language_of_a_process_is_no_difference()
    {
        Ranks.Run(2, communicator =>
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            if (communicator.Rank == 1) culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            return _training.Fit(s_options with { Communicator = communicator, Epochs = 1, ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { MinimumGain = 0.001 } }, new MLContext(seed: 1));
        });
    }

    [TestMethod]
    public void The_first_alone_needs_the_checkpoint_to_go_on_from()
    {
        SpikingNetworkOptions options = s_options with { GradientBlocks = 8 };
        Dictionary<string, byte[]> whole = _training.Entries(options);
        _training.CancelAt(options, progress => progress.Batches == 5);

        foreach (string? others in (string?[])[null, "not there"])
            foreach (Dictionary<string, byte[]> entries in Ranks.Run(4, communicator => _training.Entries(
                options with { Communicator = communicator, ResumeFrom = communicator.Rank == 0 ? _training.Path : others }, new MLContext(seed: 1))))
                InterruptedTraining.Same(whole, entries);
    }

    private static void AllTheSame(InterruptedTraining training, SpikingNetworkOptions options)
    {
        Dictionary<string, byte[]> alone = training.Entries(options with { GradientBlocks = options.GradientBlocks ?? 8 });
        foreach (int ranks in (int[])[1, 2, 4, 8])
            foreach (Dictionary<string, byte[]> entries in Entries(training, options, ranks))
                InterruptedTraining.Same(alone, entries);
    }

    private static SpikingModel[] Train(InterruptedTraining training, SpikingNetworkOptions options, int ranks)
        => Ranks.Run(ranks, communicator => training.Fit(options with { Communicator = communicator }, new MLContext(seed: 1)).Model);

    private static Dictionary<string, byte[]>[] Entries(InterruptedTraining training, SpikingNetworkOptions options, int ranks)
        => Ranks.Run(ranks, communicator => training.Entries(options with { Communicator = communicator }, new MLContext(seed: 1)));

    private static void Near(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        for (int i = 0; i < expected.Count; i++) Assert.AreEqual(expected[i], actual[i], tolerance, $"{i}");
    }
}
