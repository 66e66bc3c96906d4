using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Checkpoints: read, and the training resumed to its end, of which a batch or two are left.</summary>
internal sealed class CheckpointTarget : IFuzzTarget
{
    private const int Inputs = 3, Rows = 8;

    private static readonly ZipMutator s_zips = new(Sign);
    private static readonly Lazy<(SpikingNetworkOptions Options, byte[] File)[]> s_trainings = new(Trainings);
    private static readonly Lazy<IReadOnlyList<byte[]>> s_seeds = new(() => [.. s_trainings.Value.Select(training => training.File)]);
    private static readonly IDataView s_rows = Labelled();

    private static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 4,
            Code = new SigmoidCode(),
            Scaling = FeatureScaling.PerInput,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 3,
                    NeuronsPerColumn = 2,
                    Wiring = new WattsStrogatz { Neighbours = 2 },
                    StructuralPlasticity = new StructuralPlasticity { Interval = 1, GracePeriod = 0 },
                },
            ],
            Readout = new Readout { HiddenUnits = 2 },
        },
        Epochs = 3,
        BatchSize = 2,
        Seed = 1,
        Device = TrainingDevice.Cpu,
    };

    public string Name => "checkpoint";

    public IReadOnlyList<byte[]> Seeds => s_seeds.Value;

    public byte[] Mutate(byte[] file, RandomStream random) => s_zips.Mutate(file, random);

    public void Open(byte[] file)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.checkpoint");
        File.WriteAllBytes(path, file);
        try
        {
            // Who resumes it says by which options, and a stranger's file may be taken for one of any of them.
            Exception? refusal = null;
            foreach (var (options, _) in s_trainings.Value)
            {
                try
                {
                    Resume(options with { ResumeFrom = path });
                    return;
                }
                catch (ArgumentException other) when (Trouble.Checkpoint.Is(other))
                {
                    refusal = other;
                }
            }
            if (refusal is not null) throw refusal;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public bool IsRefusal(Exception error) => error switch
    {
        InvalidDataException or ArgumentException => Trouble.Checkpoint.Is(error),
        // Numbers that are finite and far too large come to nothing in the batches that are left.
        InvalidOperationException => Trouble.Divergence.Is(error),
        _ => false,
    };

    private static void Resume(SpikingNetworkOptions options)
    {
        SpikingModel model = new MLContext(seed: 1).MulticlassClassification.Trainers.SpikingNetwork(options).Fit(s_rows).Model;
        foreach (var (name, _, values) in SpikingModelArrays.Of(model))
            foreach (float value in values.Span)
                if (!float.IsFinite(value) && !name.StartsWith("standardisation.", StringComparison.Ordinal))
                    throw new NotFiniteNumberException($"'{name}' of a training that was resumed is not finite.");
    }

    private static void Sign(List<ZipPart> parts)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in CheckpointFile.Signed)
            if (parts.FirstOrDefault(part => part.Name == name) is { } part) digest.AppendData(part.Bytes);
        int at = parts.FindIndex(part => part.Name == CheckpointFile.Digest);
        if (at >= 0) parts[at] = parts[at] with { Bytes = Encoding.ASCII.GetBytes(Convert.ToHexString(digest.GetHashAndReset())) };
    }

    private static (SpikingNetworkOptions Options, byte[] File)[] Trainings() =>
    [
        // In the midst of an epoch, the best model kept; at an epoch's end, another code, two layers.
        Trained(Options with { ValidationFraction = 0.25, EarlyStopping = new EarlyStopping { Patience = 9 } }, batches: 8),
        Trained(Options with { Network = Options.Network with { Code = new DirectCode(), Layers = [Options.Network.Layers[0], Options.Network.Layers[0]] } }, batches: 8),
    ];

    private static (SpikingNetworkOptions Options, byte[] File) Trained(SpikingNetworkOptions options, int batches)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.checkpoint");
        using var source = new CancellationTokenSource();
        var stop = new Stop(batches, source);
        try
        {
            new MLContext(seed: 1).MulticlassClassification.Trainers.SpikingNetwork(options with
            {
                CheckpointPath = path, ProgressInterval = 1, Progress = stop, CancellationToken = source.Token, OnCancel = OnCancel.ReturnBestSoFar,
            }).Fit(s_rows);
            Checkpoint written = CheckpointFile.Read(path);
            CheckpointFile.Write(written with { Header = written.Header with { Library = "fuzzed", TrainingTime = TimeSpan.FromSeconds(1), EpochTime = TimeSpan.FromSeconds(1) } });
            return (options, ZipMutator.Pack(ZipMutator.Unpack(File.ReadAllBytes(path))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IDataView Labelled()
    {
        var ml = new MLContext(seed: 1);
        return ml.Data.Cache(ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => new LabelledRow
        {
            Label = (uint)(row % 2),
            Features = [row % 2, row / 8f, 1],
        }).ToArray()));
    }

    private sealed class Stop(int batches, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Batches >= batches) source.Cancel();
        }
    }

    private sealed class LabelledRow
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }
}
