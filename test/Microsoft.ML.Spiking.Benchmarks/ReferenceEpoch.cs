using System.Diagnostics;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One real epoch of MNIST, as the published network trains: by the training's own clock, and the memory that it took at its peak.</summary>
internal static class ReferenceEpoch
{
    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        string folder = Environment.GetEnvironmentVariable("SPIKING_DATA") is { Length: > 0 } data ? data
            : throw new InvalidOperationException("An epoch needs MNIST: set SPIKING_DATA to a folder with its four IDX files.");
        var ml = new MLContext(seed: 1);
        IDataView training = Load(ml, folder, "train"), test = Load(ml, folder, "t10k");
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Updates = (60_000 + 127) / 128, Progress = new Print() };
        long start = Stopwatch.GetTimestamp();
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);
        Console.WriteLine($"whole Fit, with reading the files and making the model: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        Console.WriteLine($"peak resident memory: {PeakMemory()}");
        Console.WriteLine($"test accuracy, the learning rate cooled down within the epoch: {ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy:P2}");
        Console.WriteLine($"reference-epoch: {model.Model.Provenance.Duration.TotalSeconds:F1} s");
    }

    private static IDataView Load(MLContext ml, string folder, string set)
    {
        string Find(string name) => Path.Combine(folder, File.Exists(Path.Combine(folder, name)) ? name : name + ".gz");
        return ml.Data.LoadFromIdx(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));
    }

    private static string PeakMemory()
    {
        const string Source = "/proc/self/status", Field = "VmHWM:";
        return File.Exists(Source)
            ? File.ReadLines(Source).First(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim()
            : $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1024} kB";
    }

    private sealed class Print : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is EpochProgress epoch) Console.WriteLine($"training loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P2}, {epoch.RowsPerSecond:F0} rows a second");
        }
    }
}
