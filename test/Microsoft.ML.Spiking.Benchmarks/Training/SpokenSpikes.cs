using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// Words of a cochlea of 700 channels, 20 classes, in files of SHD's layout: how long they take to read, and what a network makes of them beside a linear
/// classifier of each channel's spikes in all, which cannot tell "ae" from "ea".
/// </summary>
internal static class SpokenSpikes
{
    private const int TrainingWords = 1500, HeldOutWords = 500, UnseenWords = 500;

    private static readonly EventHdf5Options s_events = new() { BinWidth = TimeSpan.FromMilliseconds(20), Steps = 50, Units = SpikingWords.Units };

    private static readonly LifNeuron s_neuron = new() { MembraneTimeConstant = 3, SynapseTimeConstant = 1, Threshold = 1 };

    public static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 4, NeuronsPerColumn = 32, Excitatory = s_neuron, Inhibitory = s_neuron, Normalisation = new CurrentNormalisation(),
                    Homeostasis = null, Delays = [0, 8, 16], Learning = new Surrogate { Gradient = new ATan() },
                },
            ],
            Readout = new Readout { HiddenUnits = 0, Dropout = 0 },
        },
        Epochs = 8, BatchSize = 50, Optimiser = new AdamW { LearningRate = 0.004 },
    };

    /// <param name="seeds">Trainings, of seeds from 1 on.</param>
    /// <param name="heldOut">Whether to measure on words that are neither trained on nor the unseen ones.</param>
    public static void Run(int seeds, bool heldOut)
    {
        Machine.Print();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spiking-words-");
        try
        {
            string training = Write(folder, "train.h5", TrainingWords, seed: 1);
            string other = heldOut ? Write(folder, "held-out.h5", HeldOutWords, seed: 2) : Write(folder, "test.h5", UnseenWords, seed: 3);
            PrintReading(training);
            double[] accuracies = [.. Enumerable.Range(1, seeds).Select(seed => Train(training, other, seed)).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a linear classifier of each channel's spikes: {CountsAlone(training, other):P1}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accuracies[0]:P1} to {accuracies[^1]:P1}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"events-shd: {accuracies[seeds / 2]:F4} fraction"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(DirectoryInfo folder, string name, int words, int seed)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, new SpikingWords(words, seed).File());
        return path;
    }

    /// <summary>A pass over all recordings, in which nothing but the loader works.</summary>
    private static void PrintReading(string path)
    {
        double[] seconds = new double[3];
        long spikes = 0;
        for (int pass = 0; pass < seconds.Length; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            spikes = new MLContext().Data.LoadFromEventHdf5(path, s_events).GetColumn<VBuffer<bool>>("Features").Sum(row => (long)row.GetValues().Length);
            seconds[pass] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{TrainingWords} words, {new FileInfo(path).Length / 1e6:F0} MB, {spikes} spikes: read in {seconds[1]:F2} s ({seconds[0]:F2} to {seconds[^1]:F2})"));
    }

    private static double Train(string training, string other, int seed)
    {
        var ml = new MLContext(seed);
        long start = Stopwatch.GetTimestamp();
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(Options with { Seed = seed }).Fit(ml.Data.LoadFromEventHdf5(training, s_events));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEventHdf5(other, s_events))).MicroAccuracy;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {accuracy:P1} after {seconds:F0} s of training"));
        return accuracy;
    }

    private static double CountsAlone(string training, string other)
    {
        var ml = new MLContext(seed: 1);
        var model = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(Counts(ml, training));
        return ml.MulticlassClassification.Evaluate(model.Transform(Counts(ml, other))).MicroAccuracy;
    }

    /// <summary>Each channel's spikes in all steps, scaled to about 1.</summary>
    private static IDataView Counts(MLContext ml, string path)
    {
        IDataView view = ml.Data.LoadFromEventHdf5(path, s_events);
        CountRow[] rows = [.. view.GetColumn<VBuffer<bool>>("Features").Select(row =>
        {
            var counts = new float[SpikingWords.Units];
            foreach (var (place, _) in row.Items()) counts[place % SpikingWords.Units] += 1f / s_events.Steps;
            return counts;
        }).Zip(view.GetColumn<uint>("Label"), (counts, key) => new CountRow { Features = counts, Label = key - 1 })];
        return ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class CountRow
    {
        [VectorType(SpikingWords.Units)]
        public float[] Features { get; set; } = [];

        [KeyType(20)]
        public uint Label { get; set; }
    }
}
