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

    /// <summary>One that waits for its rows lets the others wait, whichever it is.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void One_that_reads_its_rows_slowly_holds_the_others_up(int slow)
    {
        SpikingNetworkOptions options = s_options with { BlockRows = 8, Epochs = 2, GradientBlocks = 8 };
        Dictionary<string, byte[]> alone = _training.Entries(options);

        foreach (Dictionary<string, byte[]> entries in Ranks.Run(2, communicator =>
        {
            IEnumerable<Sample> Rows()
            {
                foreach (Sample sample in Toy.Samples(27))
                {
                    if (communicator.Rank == slow && sample.Id % 9 == 8) Thread.Sleep(70);
                    yield return sample;
                }
            }

            return new InterruptedTraining { Data = ml => Toy.Keyed(ml, Rows()) }.Entries(options with { Communicator = communicator }, new MLContext(seed: 1));
        }))
            InterruptedTraining.Same(alone, entries);
    }

    /// <summary>The first says when training ends, also while another waits for its rows.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void One_that_waits_for_its_rows_is_cancelled_with_the_others(int waits)
    {
        using var source = new CancellationTokenSource();
        using var released = new ManualResetEventSlim();

        Exception?[] ends = Ranks.Failures(2, communicator =>
        {
            int times = -1;
            IEnumerable<Sample> Rows()
            {
                bool again = Interlocked.Increment(ref times) > 0;
                foreach (Sample sample in Toy.Samples(200))
                {
                    if (again && communicator.Rank == waits && sample.Id == 199)
                    {
                        source.Cancel();
                        released.Wait(TimeSpan.FromSeconds(1));
                    }
                    yield return sample;
                }
            }

            var ml = new MLContext(seed: 1);
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { BlockRows = 16, Communicator = communicator, CancellationToken = communicator.Rank == 0 ? source.Token : default })
                .Fit(Toy.Keyed(ml, Rows()));
        });

        foreach (Exception? end in ends) Assert.IsInstanceOfType<OperationCanceledException>(end);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void One_that_is_cancelled_before_training_begins_cancels_all(int rank)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        foreach (Exception? end in Ranks.Failures(2, communicator => _training.Fit(s_options with { Communicator = communicator, CancellationToken = communicator.Rank == rank ? source.Token : default }, new MLContext(seed: 1))))
            Assert.IsInstanceOfType<OperationCanceledException>(end);
    }

    [TestMethod]
    public void Rows_that_one_of_them_finds_changed_end_all()
    {
        Exception?[] failures = Ranks.Failures(4, communicator =>
        {
            int times = -1;
            IEnumerable<Sample> Rows()
            {
                bool again = Interlocked.Increment(ref times) > 0;
                foreach (Sample sample in Toy.Samples(27))
                {
                    if (again && communicator.Rank == 2 && sample.Id == 15) sample.Features[0] = float.NaN;
                    yield return sample;
                }
            }

            var ml = new MLContext(seed: 1);
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { BlockRows = 8, Communicator = communicator }).Fit(Toy.Keyed(ml, Rows()));
        });

        StringAssert.StartsWith(failures[2]?.Message, "The rows 15 to 15,");
        foreach (int rank in (int[])[0, 1, 3]) StringAssert.StartsWith(failures[rank]?.Message, "Process 2 of 4 cannot train on, and ends the others: The rows 15 to 15,");
    }

    [TestMethod]
    public void Data_that_one_of_them_cannot_read_any_more_end_all()
    {
        Exception?[] failures = Ranks.Failures(2, communicator =>
        {
            int times = -1;
            IEnumerable<Sample> Rows()
            {
                bool again = Interlocked.Increment(ref times) > 8;   // in a later epoch
                foreach (Sample sample in Toy.Samples(27)) yield return again && communicator.Rank == 1 && sample.Id == 20 ? throw new IOException("The disk is gone.") : sample;
            }

            var ml = new MLContext(seed: 1);
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { BlockRows = 8, Epochs = 20, Communicator = communicator }).Fit(Toy.Keyed(ml, Rows()));
        });

        StringAssert.StartsWith(failures[0]?.Message, "Process 1 of 2 cannot train on, and ends the others: ");
        StringAssert.EndsWith(failures[0]?.Message, "The disk is gone.");
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

    public static IEnumerable<object[]> Differences =>
    [
        [s_options with { LabelSmoothing = 0.1 }], [s_options with { GradientSum = GradientSum.Fast }], [s_options with { OnCancel = OnCancel.ReturnBestSoFar }], [s_options with { Calibration = null }],
    ];

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

    [TestMethod]
    [DataRow(0)]
    [DataRow(3_000_000)]
    public void A_checkpoint_that_is_damaged_is_refused_by_all(int bytes)
    {
        File.WriteAllBytes(_training.Path, new byte[bytes]);

        Exception?[] failures = Ranks.Failures(2, communicator => _training.Fit(s_options with { Communicator = communicator, ResumeFrom = _training.Path }, new MLContext(seed: 1)));

        foreach (Exception? failure in failures) StringAssert.StartsWith(failure?.Message, $"The checkpoint '{_training.Path}' is damaged, or no checkpoint: ");
    }

    [TestMethod]
    [DynamicData(nameof(Differences))]
    public void Other_options_are_refused_by_all(SpikingNetworkOptions second)
    {
        Exception?[] failures = Ranks.Failures(2, communicator => _training.Fit((communicator.Rank == 0 ? s_options : second) with { Communicator = communicator }, new MLContext(seed: 1)));

        foreach (Exception? failure in failures) StringAssert.StartsWith(failure?.Message, "Process 1 of 2 has other options than process 0,");
    }

    [TestMethod]
    public void Other_data_are_refused_by_all()
    {
        Exception?[] failures = Ranks.Failures(2, communicator =>
        {
            var ml = new MLContext(seed: 1);
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { Communicator = communicator }).Fit(Toy.Data(ml, rows: 27 - communicator.Rank));
        });

        foreach (Exception? failure in failures) StringAssert.StartsWith(failure?.Message, "Process 1 of 2 has other data than process 0,");
    }

    /// <summary>By which options are chosen, where they are open, that are others then.</summary>
    [TestMethod]
    public void So_are_other_data_that_options_are_left_to()
    {
        Exception?[] failures = Ranks.Failures(2, communicator =>
        {
            var ml = new MLContext(seed: 1);
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { Communicator = communicator, Epochs = null, BatchSize = null })
                .Fit(Toy.Data(ml, rows: 27 + 100 * communicator.Rank));
        });

        foreach (Exception? failure in failures) StringAssert.StartsWith(failure?.Message, "Process 1 of 2 has other data than process 0,");
    }

    [TestMethod]
    public void Other_rows_to_measure_on_are_refused_by_all()
    {
        Exception?[] failures = Ranks.Failures(2, communicator =>
        {
            var ml = new MLContext(seed: 1);
            Sample[] measured = Toy.Samples(10);
            measured[9].Features[2] += communicator.Rank;
            ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { Communicator = communicator, ValidationSet = Toy.Keyed(ml, measured) }).Fit(Toy.Data(ml, rows: 27));
        });

        foreach (Exception? failure in failures) StringAssert.StartsWith(failure?.Message, "Process 1 of 2 has other data than process 0,");
    }

    [TestMethod]
    public void What_one_finds_wrong_before_training_ends_all()
    {
        Exception?[] failures = Ranks.Failures(4, communicator =>
            _training.Fit(s_options with { Communicator = communicator, ResumeFrom = communicator.Rank == 0 ? "not there" : null }, new MLContext(seed: 1)));

        Assert.IsInstanceOfType<FileNotFoundException>(failures[0]);
        StringAssert.StartsWith(failures[2]?.Message, "Process 0 of 4 could not begin to train; see what it says.");
    }

    /// <summary>All of them are where they were, and meet again.</summary>
    [TestMethod]
    public void After_a_refusal_they_can_train_by_other_options()
    {
        Dictionary<string, byte[]> alone = _training.Entries(s_options with { GradientBlocks = 8 });

        foreach (Dictionary<string, byte[]> entries in Ranks.Run(2, communicator =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            foreach (SpikingNetworkOptions refused in (SpikingNetworkOptions[])
            [
                s_options with { LabelSmoothing = communicator.Rank * 0.1 }, s_options with { FeatureColumnName = communicator.Rank == 0 ? "Features" : "none" },
                s_options with { ResumeFrom = communicator.Rank == 0 ? "not there" : null }, s_options with { CancellationToken = communicator.Rank == 0 ? cancelled.Token : default },
                s_options with { Optimiser = new AdamW { LearningRate = 1e30 }, Network = s_options.Network with { Code = new DirectCode { Gain = 1 } } },
            ])
                Assert.Throws<Exception>(() => _training.Fit(refused with { Communicator = communicator }, new MLContext(seed: 1)));
            return _training.Entries(s_options with { Communicator = communicator }, new MLContext(seed: 1));
        }))
            InterruptedTraining.Same(alone, entries);
    }

    [TestMethod]
    public void What_fails_in_one_in_the_midst_of_training_ends_all()
    {
        var reports = new Reports(progress => throw new FormatException("a report that fails"));

        Exception?[] failures = Ranks.Failures(4, communicator => _training.Fit(s_options with { Communicator = communicator, Progress = reports }, new MLContext(seed: 1)));

        Assert.IsInstanceOfType<FormatException>(failures[0]);
        for (int rank = 1; rank < 4; rank++) StringAssert.StartsWith(failures[rank]?.Message, "Process 0 of 4 cannot train on, and ends the others: a report that fails");
    }

    [TestMethod]
    public void Options_that_cannot_be_shared_are_refused()
    {
        Exception?[] three = Ranks.Failures(3, communicator => _training.Fit(s_options with { Communicator = communicator }));
        StringAssert.StartsWith(three[0]?.Message, "3 processes cannot share 8 GradientBlocks evenly;");
        foreach (Exception? twelve in Ranks.Failures(2, communicator => _training.Fit(s_options with { Communicator = communicator, BatchSize = 12 })))
            StringAssert.StartsWith(twelve?.Message, "BatchSize is 12, but it must be a multiple of 8, the blocks of a batch that processes share where GradientBlocks does not say otherwise.");

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(s_options with { GradientBlocks = 3 })).Message, "GradientBlocks is 3, but it must be 1, 2, 4, 8, 16, 32 or 64, or null.");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(s_options with { GradientBlocks = 16 })).Message, "BatchSize is 8, but it must be a multiple of GradientBlocks, which is 16,");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(s_options with { GradientBlocks = 64, BatchSize = null })).Message, "BatchSize is 32, chosen by the number of rows, but GradientBlocks is 64;");
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(s_options with { GradientBlocks = 2, Engine = TrainingEngine.Torch })).Message, "GradientBlocks is 2, but blocks are learnt from in managed code on the CPU;");
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
