using System.Collections;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Training on rows that are not held: read again in each epoch, in blocks.</summary>
[TestClass]
public sealed class StreamedTrainingTests : IDisposable
{
    /// <summary>24 rows in blocks of 10 and batches of 5, the last of four rows.</summary>
    private static readonly SpikingNetworkOptions s_blocks = InterruptedTraining.Options with { BlockRows = 10 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly InterruptedTraining _training = new();

    public static IEnumerable<object[]> All =>
    [
        [Toy.Options],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }],
        [Toy.Options with { ClassWeights = ClassWeights.Of(("a", 2)) }],
        [Toy.Options with { ValidationFraction = 0.2, EarlyStopping = new EarlyStopping { Patience = 2 }, ValidationInterval = 2 }],
        [Toy.Options with { Network = Toy.Options.Network with { Code = null, Scaling = FeatureScaling.Auto } }],
        [Toy.Options with { Network = Toy.Options.Network with { Code = new SigmoidCode() } }],
    ];

    public void Dispose() => _training.Dispose();

    [TestMethod]
    [DynamicData(nameof(All))]
    public void In_one_block_they_train_the_model_that_rows_which_are_held_do(SpikingNetworkOptions options)
    {
        options = options with { Batches = null, Epochs = 5, BatchSize = 24 };

        Same(_training.Entries(options), _training.Entries(options with { BlockRows = 11 }));   // fewer than there are, and rounded up to more
    }

    [TestMethod]
    public void So_do_weighted_rows_spike_trains_images_that_move_and_answers_of_yes_or_no()
    {
        SpikingNetworkOptions options = Toy.Options with { Batches = 6, BatchSize = 24 };
        SameInOneBlock(options with { ExampleWeightColumnName = "Id" }, Ids(_ml));   // 0, 1, 2 ...: one row is left out
        IDataView trains = _ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 6, seed: 3).Fit(Toy.Data(_ml)).Transform(Toy.Data(_ml));
        SameInOneBlock(options with { FeatureColumnName = "Spikes" }, trains);
        SameInOneBlock(options with { Augmentation = new ImageAugmentation { MaximumShift = 1 } }, Toy.Keyed(_ml, Toy.Samples(24), 1, 7));
        SpikingModel held = _ml.BinaryClassification.Trainers.SpikingNetwork(options).Fit(YesNo.Data(_ml)).Model,
            streamed = _ml.BinaryClassification.Trainers.SpikingNetwork(options with { BlockRows = 11 }).Fit(YesNo.Data(_ml)).Model;
        CollectionAssert.AreEqual(held.OutputWeights, streamed.OutputWeights);
    }

    [TestMethod]
    public void A_training_that_begins_with_a_model_goes_on_in_one_block_as_it_does_with_rows_that_are_held()
    {
        SpikingModel start = Toy.Trained.Model;
        SpikingNetworkOptions options = Toy.Options with { Network = start.Network, Batches = 6, BatchSize = 24 };

        CollectionAssert.AreEqual(Trainer(options).Fit(Toy.Data(_ml), start).Model.OutputWeights,
            Trainer(options with { BlockRows = 11 }).Fit(Toy.Data(_ml), start).Model.OutputWeights);
    }

    [TestMethod]
    public void Seed_and_block_say_what_model_comes_of_it_and_no_memory_does()
    {
        Dictionary<string, byte[]> model = _training.Entries(s_blocks);

        InterruptedTraining.Same(model, _training.Entries(s_blocks));
        InterruptedTraining.Same(model, _training.Entries(s_blocks with { RowMemory = 1 }));
        float[] weights = Weights(s_blocks);
        CollectionAssert.AreNotEqual(weights, Weights(s_blocks with { BlockRows = 15 }));
        CollectionAssert.AreNotEqual(weights, Weights(s_blocks with { BlockRows = null }));
        CollectionAssert.AreNotEqual(weights, Weights(s_blocks with { Seed = 2 }));
        Assert.AreEqual(10, _training.Fit(s_blocks).Model.Training.Recipe!.BlockRows);
    }

    [TestMethod]
    public void Every_processor_trains_the_same_bytes()
        => Assert.AreEqual("54D2EB4E6456FA88", Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(Weights(s_blocks with { BlockRows = 15 }))))[..16]);

    [TestMethod]
    public void A_checkpoint_with_a_block_that_cannot_be_is_refused()
    {
        _training.CancelAt(s_blocks, progress => progress.Batches == 7);
        Checkpoint written = CheckpointFile.Read(_training.Path);
        foreach (int rows in (int[])[0, -10, 7])
        {
            written.Recipe["BlockRows"] = rows;
            CheckpointFile.Write(written);
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(s_blocks with { BlockRows = null, ResumeFrom = _training.Path })).Message, "was trained ");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    [DataRow(8)]
    [DataRow(12)]
    [DataRow(19)]
    public void It_is_resumed_to_the_byte_wherever_it_ended(int batch)
    {
        Dictionary<string, byte[]> whole = _training.Entries(s_blocks);
        _training.CancelAt(s_blocks, progress => progress.Batches == batch);

        InterruptedTraining.Same(whole, _training.Entries(s_blocks with { ResumeFrom = _training.Path }));
    }

    [TestMethod]
    public void More_rows_than_there_is_room_for_are_not_held_and_a_line_says_so()
    {
        SpikingNetworkOptions open = InterruptedTraining.Options with { RowMemory = 1000 };
        var lines = new List<LoggingEventArgs>();
        _ml.Log += (_, line) => lines.Add(line);

        SpikingModel model = Trainer(open with { ValidationSet = Toy.Data(_ml, rows: 30) }).Fit(Toy.Data(_ml)).Model;

        Assert.HasCount(1, lines.Where(line => line.RawMessage == "The 30 rows to measure on are not held either: each measurement reads them again.").ToArray());
        int rows = model.Training.Recipe!.BlockRows!.Value;
        Assert.HasCount(1, lines.Where(line => line.RawMessage == $"Chosen by the data, where the options do not say: BlockRows = {rows}, since there is no room for all 24 rows "
            + "(where there is more, another model is trained, unless BlockRows says as much).").ToArray());
        Assert.AreEqual(0, rows % 5, "whole batches");
        Assert.HasCount(1, lines.Where(line => line.RawMessage.Contains($"24 rows in blocks of {rows}, 20 batches of 5", StringComparison.Ordinal)).ToArray());
        InterruptedTraining.Same(_training.Entries(open), _training.Entries(open with { RowMemory = null, BlockRows = rows }));
        Assert.IsNull(Trainer(open with { RowMemory = 10_000 }).Fit(Toy.Data(_ml)).Model.Training.Recipe!.BlockRows, "there is room");
    }

    [TestMethod]
    public void A_checkpoint_says_whether_rows_are_held()
    {
        SpikingNetworkOptions open = InterruptedTraining.Options with { RowMemory = 1000 };
        Dictionary<string, byte[]> whole = _training.Entries(open);
        _training.CancelAt(open, progress => progress.Batches == 7);
        InterruptedTraining.Same(whole, _training.Entries(open with { RowMemory = null, ResumeFrom = _training.Path }));

        _training.CancelAt(open with { RowMemory = null }, progress => progress.Batches == 7);
        Assert.AreEqual($"The checkpoint '{_training.Path}' was trained on rows that were all held, but now they take more than RowMemory, 1000 bytes; make RowMemory larger, or start afresh. [SPK5001]",
            Assert.ThrowsExactly<ArgumentException>(() => _training.Fit(open with { ResumeFrom = _training.Path })).Message);
    }

    [TestMethod]
    public void Other_data_under_a_checkpoint_are_refused()
    {
        _training.CancelAt(s_blocks, progress => progress.Batches == 7);
        Sample[] samples = Toy.Samples(24);
        samples[20].Features[0] += 0.5f;
        samples[21].Features[0] -= 0.5f;

        string message = Assert.ThrowsExactly<ArgumentException>(() => Trainer(s_blocks with { ResumeFrom = _training.Path }).Fit(Toy.Keyed(_ml, samples))).Message;

        StringAssert.Contains(message, "The checkpoint");
        StringAssert.Contains(message, "was trained on");
    }

    [TestMethod]
    public void Rows_to_measure_on_are_measured_alike_whether_they_are_held_or_not()
    {
        SpikingNetworkOptions options = Toy.Able with { ValidationSet = Toy.Data(_ml, rows: 50), EarlyStopping = new EarlyStopping(), Batches = 20, BatchSize = 12 };

        SpikingModel held = Trainer(options).Fit(Toy.Data(_ml)).Model, streamed = Trainer(options with { BlockRows = 24 }).Fit(Toy.Data(_ml)).Model;

        Assert.IsGreaterThan(0.4, held.Training.ValidationAccuracy!.Value);
        Assert.AreEqual(held.Training.ValidationAccuracy, streamed.Training.ValidationAccuracy);
        Assert.AreEqual(held.Temperature, streamed.Temperature);
        CollectionAssert.AreEqual(held.OutputWeights, streamed.OutputWeights);
    }

    [TestMethod]
    public void Rows_that_are_sorted_by_class_are_learnt()
    {
        Sample[] sorted = [.. Toy.Samples(300).OrderBy(sample => sample.Class)];
        SpikingNetworkOptions options = Toy.Able with { Batches = 60, BlockRows = 36, ValidationSet = Toy.Data(_ml, rows: 90), EarlyStopping = null };

        Assert.IsGreaterThan(0.9, Trainer(options).Fit(Toy.Keyed(_ml, sorted)).Model.Training.ValidationAccuracy!.Value);
    }

    [TestMethod]
    public void Rows_that_are_others_each_time_are_refused()
        => StringAssert.EndsWith(Refusal(new Repeated(times => Toy.Samples(200).Select(sample => Moved(sample, times > 0 && sample.Id == 130)))),
            "counted from 0 and without those left out, are not what they were when they were read before, but rows that memory does not hold must come as they came, in each epoch; "
            + "take what draws anew or reads what changes out of the data's steps, save their outcome, or let all rows be held (RowMemory, BlockRows). [SPK2006]");

    [TestMethod]
    [DataRow(150)]
    [DataRow(199)]
    [DataRow(201)]
    public void So_are_rows_that_are_more_or_fewer(int later) => StringAssert.StartsWith(Refusal(new Repeated(times => Toy.Samples(times == 0 ? 200 : later))), "The rows ");

    [TestMethod]
    public void A_row_that_is_missing_all_at_once_is_refused()
        => StringAssert.StartsWith(Refusal(new Repeated(times => Toy.Samples(200).Select(sample => times > 0 && sample.Id == 130 ? Lost(sample) : sample))), "The rows 130 to 130,");

    [TestMethod]
    public void A_training_that_waits_for_rows_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        using var released = new ManualResetEventSlim();
        IEnumerable<Sample> Rows(int times)
        {
            foreach (Sample sample in Toy.Samples(200))
            {
                if (times > 0 && sample.Id == 100)
                {
                    source.Cancel();
                    released.Wait(TimeSpan.FromSeconds(2));   // the thread that reads cannot be ended in the midst of a row
                }
                yield return sample;
            }
        }

        Assert.ThrowsExactly<OperationCanceledException>(() => Trainer(s_blocks with { BlockRows = 50, CancellationToken = source.Token }).Fit(Toy.Keyed(_ml, new Repeated(Rows))));
    }

    [TestMethod]
    public void What_a_cancelled_training_has_is_kept_where_the_options_say_so()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 7) source.Cancel();
        });

        TrainingRecord training = Trainer(s_blocks with { CancellationToken = source.Token, Progress = reports, OnCancel = OnCancel.ReturnBestSoFar }).Fit(Toy.Data(_ml)).Model.Training;

        Assert.AreEqual((TrainingEnd.Cancelled, 7), (training.End, training.Batches));
    }

    [TestMethod]
    public void A_fault_of_the_data_ends_training()
    {
        IEnumerable<Sample> Rows(int times) => Toy.Samples(200).Select(sample => times > 1 && sample.Id == 150 ? throw new IOException("The disk is gone.") : sample);

        // As ML.NET passes it on.
        Assert.AreEqual("The disk is gone.", Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_blocks).Fit(Toy.Keyed(_ml, new Repeated(Rows)))).GetBaseException().Message);
    }

    [TestMethod]
    [DataRow(0, null, "BlockRows is 0, but it must be greater than 0, or null to hold all rows that there is room for. [SPK1001]")]
    [DataRow(null, 0L, "RowMemory is 0, but it must be greater than 0, or null for half of the memory that there is. [SPK1001]")]
    public void Options_that_cannot_be_are_refused(int? rows, long? memory, string sentence)
        => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => Trainer(Toy.Options with { BlockRows = rows, RowMemory = memory })).Message);

    private SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options);

    private float[] Weights(SpikingNetworkOptions options) => [.. _training.Fit(options).Model.OutputWeights];

    private void SameInOneBlock(SpikingNetworkOptions options, IDataView data)
        => CollectionAssert.AreEqual(Trainer(options).Fit(data).Model.OutputWeights, Trainer(options with { BlockRows = 11 }).Fit(data).Model.OutputWeights);

    private string Refusal(Repeated rows)
        => Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(s_blocks with { BlockRows = 50, Epochs = 20 }).Fit(Toy.Keyed(_ml, rows))).Message;

    private static IDataView Ids(MLContext ml)
        => ml.Transforms.Conversion.ConvertType("Id", outputKind: DataKind.Single).Fit(Toy.Data(ml)).Transform(Toy.Data(ml));

    private static Sample Moved(Sample sample, bool moves) => new() { Id = sample.Id, Class = sample.Class, Features = [.. sample.Features.Select((value, i) => moves && i == 2 ? value + 0.1f : value)] };

    private static Sample Lost(Sample sample) => new() { Id = sample.Id, Class = sample.Class, Features = [.. sample.Features[1..], float.NaN] };

    /// <summary>But for what their recipes say of blocks.</summary>
    private static void Same(Dictionary<string, byte[]> held, Dictionary<string, byte[]> streamed)
    {
        string record = streamed.Keys.Single(entry => entry.EndsWith("Training.json", StringComparison.Ordinal));
        string[] Lines(Dictionary<string, byte[]> entries)
            => [.. Encoding.UTF8.GetString(entries[record]).Split('\n').Where(line => !line.Contains("BlockRows", StringComparison.Ordinal))];

        StringAssert.Contains(Encoding.UTF8.GetString(streamed[record]), "\"BlockRows\": 24,");
        CollectionAssert.AreEqual(Lines(held), Lines(streamed));
        foreach (string entry in held.Keys.Where(entry => !entry.EndsWith(".json", StringComparison.Ordinal) && !entry.EndsWith("SHA256SUMS", StringComparison.Ordinal)))
            CollectionAssert.AreEqual(held[entry], streamed[entry], entry);
    }

    /// <summary>Rows that may be others each time that they are asked for.</summary>
    private sealed class Repeated(Func<int, IEnumerable<Sample>> rows) : IEnumerable<Sample>
    {
        private int _times = -1;

        public IEnumerator<Sample> GetEnumerator() => rows(Interlocked.Increment(ref _times)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
