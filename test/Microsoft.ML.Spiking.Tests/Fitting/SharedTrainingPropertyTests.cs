using CsCheck;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Whatever is trained, on whatever rows: several come to the model that one comes to, whether or not they are interrupted on their way.</summary>
[TestClass]
public sealed class SharedTrainingPropertyTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.checkpoint");

    private static readonly Gen<Sharing> s_sharing =
        from blocks in Gen.Int[1, 3]
        from size in Gen.Int[1, 3]
        from before in Gen.Int[0, 3]
        from after in Gen.Int[0, 3]
        from rows in Gen.Int[1, 20].Nullable()
        from epochs in Gen.Int[1, 4]
        from end in Gen.Int[1, 12]
        select new Sharing(1 << blocks, (1 << blocks) * size, 1 << Math.Min(before, blocks), 1 << Math.Min(after, blocks), rows, epochs, end);

    private static readonly Gen<(Sharing Sharing, Rows Rows)> s_tables =
        from sharing in s_sharing
        from count in Gen.Int[3, 70]
        from lost in Gen.Int[0, 3]
        from weighed in Gen.Bool
        from classes in Gen.Int[0, 2]
        from measured in Gen.Int[0, 3]
        from set in Gen.Int[1, 25]
        from seed in Gen.Int[0, 1000]
        select (sharing, new Rows(count, lost, weighed, classes, measured, set, seed));

    public void Dispose() => File.Delete(_path);

    [TestMethod]
    public void Any_network_is_trained_by_several_as_by_one() => Property.ForAll(Gen.Select(AnyTraining.Drawn, s_sharing), drawn =>
    {
        var (training, sharing) = drawn;
        Holds(ml => training.Data(ml), training.Options with { ProgressInterval = 1, GradientBlocks = sharing.Blocks, BatchSize = sharing.Batch, Epochs = sharing.Epochs, Batches = null, BlockRows = sharing.Rows }, sharing);
    }, times: 8, drawn => $"{drawn.Item1}, {drawn.Item2}");

    [TestMethod]
    public void So_are_any_rows() => Property.ForAll(s_tables, drawn =>
    {
        var (sharing, rows) = drawn;
        Holds(rows.Data, rows.Options(sharing), sharing);
    }, times: 12);

    /// <summary>Whoever trains it, in one sitting or in two, comes to the same bytes, or to the same refusal.</summary>
    private void Holds(Func<MLContext, IDataView> data, SpikingNetworkOptions options, Sharing sharing)
    {
        object whole = Outcomes(data, options, ranks: 0)[0];
        foreach (int ranks in (int[])[sharing.Before, sharing.After])
            foreach (object outcome in Outcomes(data, options, ranks)) Same(whole, outcome);
        if (whole is string) return;

        File.Delete(_path);
        foreach (object outcome in Outcomes(data, options, sharing.Before, sharing.End, _path))
            if (outcome is not "cancelled") Same(whole, outcome);
        if (!File.Exists(_path)) return;
        foreach (object outcome in Outcomes(data, options with { ResumeFrom = _path }, sharing.After)) Same(whole, outcome);
        foreach (object outcome in Outcomes(data, options with { ResumeFrom = _path, BlockRows = null }, 0)) Same(whole, outcome);   // the checkpoint says it
    }

    /// <summary>What comes of it, in each of them: what the model stores, or what is said instead.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">How to train.</param>
    /// <param name="ranks">How many train; 0 for one that trains alone.</param>
    /// <param name="end">The batch after which it is cancelled; null for none.</param>
    /// <param name="path">Where a checkpoint goes.</param>
    private static object[] Outcomes(Func<MLContext, IDataView> data, SpikingNetworkOptions options, int ranks, int? end = null, string? path = null)
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == end) source.Cancel();
        });
        object Outcome(TrainingCommunicator? communicator)
        {
            var ml = new MLContext(seed: 1);
            IDataView rows = data(ml);
            try
            {
                return ModelZip.Entries(ModelZip.Save(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(options with
                {
                    Communicator = communicator, CheckpointPath = path, Progress = end is null ? null : reports, CancellationToken = communicator is not { Rank: > 0 } ? source.Token : default,
                }).Fit(rows), rows.Schema));
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
            catch (InvalidOperationException failure)
            {
                return failure.Message;
            }
        }
        return ranks == 0 ? [Outcome(null)] : Ranks.Run(ranks, Outcome);
    }

    private static void Same(object expected, object actual)
    {
        if (expected is string text) Assert.AreEqual(text, actual);
        else if (actual is Dictionary<string, byte[]> entries) InterruptedTraining.Same((Dictionary<string, byte[]>)expected, entries);
        else Assert.Fail($"{actual}");
    }

    /// <param name="Blocks">Of a batch.</param>
    /// <param name="Batch">Its rows.</param>
    /// <param name="Before">How many train.</param>
    /// <param name="After">How many go on.</param>
    /// <param name="Rows">Of a block that is read; null where all are held.</param>
    /// <param name="Epochs">How long.</param>
    /// <param name="End">The batch after which those before are interrupted.</param>
    private sealed record Sharing(int Blocks, int Batch, int Before, int After, int? Rows, int Epochs, int End);

    /// <param name="Count">How many, some of which are left out.</param>
    /// <param name="Lost">For how many reasons.</param>
    /// <param name="Weighed">Whether each counts otherwise.</param>
    /// <param name="Classes">How classes are weighed: not, by their number, or as the options say.</param>
    /// <param name="Measured">What is measured on: nothing, some of them within epochs or to stop early, or a set of its own.</param>
    /// <param name="SetRows">Rows of that.</param>
    /// <param name="Seed">Of all.</param>
    private sealed record Rows(int Count, int Lost, bool Weighed, int Classes, int Measured, int SetRows, int Seed)
    {
        public SpikingNetworkOptions Options(Sharing sharing) => InterruptedTraining.Options with
        {
            Seed = Seed, GradientBlocks = sharing.Blocks, BatchSize = sharing.Batch, Epochs = sharing.Epochs, BlockRows = sharing.Rows, ExampleWeightColumnName = Weighed ? "Weight" : null,
            ClassWeights = Classes == 0 ? null : Classes == 1 ? ClassWeights.Balanced : ClassWeights.Of(("a", 2.7)),
            ValidationFraction = Measured is 1 or 2 ? 0.3 : 0, EarlyStopping = Measured == 2 ? new EarlyStopping { Patience = 1 } : null, ValidationInterval = Measured == 1 ? 2 : null,
            ValidationSet = Measured == 3 ? Data(new MLContext(), SetRows) : null,
        };

        public IDataView Data(MLContext ml) => Data(ml, Count);

        private IDataView Data(MLContext ml, int count)
        {
            CounterRandom random = CounterRandom.FromSeed(Seed);
            IEnumerable<Weighed> rows = Toy.Samples(count).Select((sample, row) => new Weighed
            {
                Class = Lost > 0 && random.Uniform((ulong)row) < 0.2 ? "?" : sample.Class,
                Features = Lost > 1 && random.Uniform((ulong)row + 1000) < 0.2 ? [.. sample.Features[1..], float.NaN] : sample.Features,
                Weight = Lost > 2 && random.Uniform((ulong)row + 2000) < 0.2 ? 0 : (float)random.Uniform((ulong)row + 3000) + 0.1f,
            });
            IDataView keys = ml.Data.LoadFromEnumerable(Toy.Samples(3));
            return ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(keys).Transform(ml.Data.LoadFromEnumerable(rows));
        }
    }

    private sealed class Weighed
    {
        public string Class { get; set; } = "";

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }
}
