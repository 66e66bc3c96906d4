namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Whatever one of the processes that share a training waits for, finds wrong or has otherwise, all of them come to one end, and none waits for ever.</summary>
[TestClass]
public sealed class SharedTrainingFaultTests : IDisposable
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { BatchSize = 8, Epochs = 3 };

    private readonly InterruptedTraining _training = new() { Data = ml => Toy.Data(ml, rows: 27) };

    public void Dispose() => _training.Dispose();

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

    public static IEnumerable<object[]> Differences =>
    [
        [s_options with { LabelSmoothing = 0.1 }], [s_options with { GradientSum = GradientSum.Fast }], [s_options with { OnCancel = OnCancel.ReturnBestSoFar }], [s_options with { Calibration = null }],
    ];

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
}
