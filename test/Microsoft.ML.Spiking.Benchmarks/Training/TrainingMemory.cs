using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Peak resident memory of a process that trains the published network on MNIST and does nothing else.</summary>
internal static class TrainingMemory
{
    /// <summary>The name by which this program starts itself anew.</summary>
    public const string Inside = "training-memory-inside";

    private const int Runs = 3, Batches = 100;

    public static void Run()
    {
        Machine.Print();
        var peaks = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            string written = FreshProcess.RunSelf(Inside);
            Console.WriteLine($"run {run + 1}:{Environment.NewLine}{written.TrimEnd()}");
            peaks[run] = double.Parse(written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        Array.Sort(peaks);
        Console.WriteLine($"median of {Runs}, {peaks[0]:F0} to {peaks[^1]:F0}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"training-memory: {peaks[Runs / 2]:F0} MB"));
    }

    /// <summary>Trains, and prints the peak so far on the way; the last line is that of the whole.</summary>
    public static void RunInside()
    {
        Print("at the start");
        var ml = new MLContext(seed: 1);
        LibTorch.EnsureLoaded();
        Print("with libtorch");
        ml.MulticlassClassification.Trainers.SpikingNetwork(SpikingNetworkOptions.Reference with { Batches = Batches, Seed = 1, ProgressInterval = 10, Progress = new Printer() }).Fit(Digits.Training(ml));
        Print("at the end");
    }

    private static void Print(string when) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  peak {when}: {PeakMemory.Megabytes():F0} MB"));

    private sealed class Printer : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is BatchProgress && value.Batches is 10 or 50) Print($"after {value.Batches} batches");
        }
    }
}
