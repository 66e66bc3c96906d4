using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// Peak resident memory of a process that trains the default network for 500 batches on 20 GB of rows, sorted by class, of which it may hold 256 MB, evaluates it
/// on 2 GB of others, and does nothing else.
/// </summary>
internal static class StreamMemory
{
    /// <summary>The name by which this program starts itself anew.</summary>
    public const string Inside = "stream-memory-inside";

    private const int Batches = 500;
    private const long Rows = 6_400_000, Scored = 640_000, Held = 256_000_000;

    public static void Run()
    {
        Machine.Print();
        string written = FreshProcess.RunSelf(Inside);
        Console.WriteLine(written.TrimEnd());
        Console.WriteLine($"stream-memory: {written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2]} MB");
    }

    /// <summary>Trains, and tells how long each part took; the last line is the peak.</summary>
    public static void RunInside()
    {
        var ml = new MLContext(seed: 1);
        var rows = new GeneratedRows(Rows);
        var clock = Stopwatch.StartNew();
        ml.Log += (_, line) =>
        {
            if (line.Kind >= ChannelMessageKind.Info && line.Source.Contains("SpikingNetwork", StringComparison.Ordinal)) Print(clock, line.RawMessage);
        };
        Print(clock, $"{Rows} rows, {rows.Bytes / 1e9:F1} GB");
        SpikingNetworkTransformer trained = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
        {
            Batches = Batches, RowMemory = Held, Seed = 1, ProgressInterval = 50, Progress = new Printer(clock),
        }).Fit(rows);
        var unseen = new GeneratedRows(Scored, seed: 3);
        double accuracy = ml.MulticlassClassification.Evaluate(trained.Transform(unseen)).MicroAccuracy;
        Print(clock, string.Create(CultureInfo.InvariantCulture, $"{Scored} other rows scored, {unseen.Bytes / 1e9:F1} GB: {accuracy:P2} are right"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak: {PeakMemory.Megabytes():F0} MB"));
    }

    private static void Print(Stopwatch clock, string what)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {clock.Elapsed.TotalSeconds:F1} s, {PeakMemory.Megabytes():F0} MB: {what}"));

    private sealed class Printer(Stopwatch clock) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is BatchProgress) Print(clock, value.ToString()!);
        }
    }
}
