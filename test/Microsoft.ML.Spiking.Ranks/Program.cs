using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Ranks;

// HOW WHAT EPOCHS [CHECKPOINT]: trains and says what came of it. HOW is "plain", alone and without blocks, "alone", in blocks, "exact" or "fast", together,
// "fails", where the first process fails once training has begun, or "lacks", where the last cannot read its rows; WHAT is "small", "read", where rows are read
// again in each epoch, or "wide" or "many", a wide network or many rows, to measure.
// "sums NUMBERS" measures how long gradients of so many numbers take to be added up.
try
{
    string how = args[0];
    bool wide = args[1] == "wide", many = args[1] == "many", small = !wide && !many;
    MpiCommunicator? world = how is "alone" or "plain" ? null : MpiCommunicator.World;
    if (how == "sums")
    {
        Sums.Measure(world!, int.Parse(args[1], CultureInfo.InvariantCulture));
        return 0;
    }
    string? checkpoint = args.Length > 3 ? args[3] : null;
    var ml = new MLContext(seed: 1);
    bool lacks = how == "lacks" && world!.Rank == world.Size - 1;
    IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, wide ? 4096 : many ? 2_000_000 : 50).Select(row =>
    {
        var random = new Random(row);
        return new Row
        {
            Label = lacks ? throw new InvalidDataException("These rows cannot be read.") : (uint)(row % 3),
            Features = [.. Enumerable.Range(0, Row.Inputs).Select(input => (input * 3 / Row.Inputs == row % 3 ? 0.5f : 0) + 0.5f * random.NextSingle())],
        };
    }));
    var steps = new Steps(() =>
    {
        if (how == "fails") throw new InvalidOperationException("This process fails.");
    });
    var columns = new ColumnLayer
    {
        Columns = wide ? 32 : 4,
        NeuronsPerColumn = wide ? 128 : 13,
        Plasticity = new CorrelationStdp(),
        StructuralPlasticity = new StructuralPlasticity { Interval = 3, GracePeriod = 1 },
    };
    SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
    {
        Network = new SpikingNetwork
        {
            Code = new RateCode { MaximumProbability = 1 },
            Layers = [columns],
            Readout = new Readout { HiddenUnits = wide ? 512 : 16, Dropout = 0.3 },
        },
        Epochs = int.Parse(args[2], CultureInfo.InvariantCulture),
        BatchSize = small ? 16 : 256,
        BlockRows = args[1] == "read" ? 16 : null,
        GradientBlocks = how == "plain" ? null : 8,
        RowMemory = long.MaxValue,
        ValidationFraction = small ? 0.25 : 0,
        EarlyStopping = small ? new EarlyStopping { Patience = int.MaxValue } : null,
        Seed = 1,
        Communicator = world,
        GradientSum = how == "fast" ? GradientSum.Fast : GradientSum.Exact,
        CheckpointPath = checkpoint,
        ResumeFrom = File.Exists(checkpoint) ? checkpoint : null,
        ProgressInterval = 1,
        Progress = steps,
    }).Fit(rows);

    var file = new MemoryStream();
    ml.Model.Save(model, rows.Schema, file);
    using var zip = new ZipArchive(file);
    using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    // What was learnt and how, without when and where: two equal runs differ in that.
    foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name != "Provenance.json" && Path.GetExtension(entry.Name) is (".json" or ".safetensors")).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
    {
        using Stream stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        digest.AppendData(bytes.ToArray());
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"rank {world?.Rank ?? 0} of {world?.Size ?? 1}: {Convert.ToHexString(digest.GetHashAndReset())} {steps.Median:F1} ms a batch, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    return 0;
}
catch (Exception failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

namespace Microsoft.ML.Spiking.Ranks
{
    internal sealed class Row
    {
        public const int Inputs = 64;

        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>How long gradients take to be added up.</summary>
    internal static class Sums
    {
        private const int Runs = 31;

        public static void Measure(TrainingCommunicator world, int numbers)
        {
            foreach (GradientSum order in Enum.GetValues<GradientSum>())
            {
                var reduction = new GradientReduction(world, order);
                var gradient = new AlignedFloats(GradientReduction.Padded(numbers, world.Size));
                double[] times = [.. Enumerable.Range(0, Runs).Select(_ =>
                {
                    long start = Stopwatch.GetTimestamp();
                    reduction.Sum(gradient);
                    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }).Order()];
                if (world.Rank == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{order}, {numbers} numbers, {world.Size} processes: {times[Runs / 2]:F2} ms"));
            }
        }
    }

    /// <summary>Says once that training has begun, and how long a batch takes.</summary>
    internal sealed class Steps(Action each) : IProgress<TrainingProgress>
    {
        private readonly List<double> _times = [];
        private long _last;

        public double Median => _times.Count == 0 ? 0 : _times.Order().ElementAt(_times.Count / 2);

        public void Report(TrainingProgress value)
        {
            if (_last == 0) Console.WriteLine("training");
            else _times.Add(Stopwatch.GetElapsedTime(_last).TotalMilliseconds);
            each();
            _last = Stopwatch.GetTimestamp();
        }
    }
}
