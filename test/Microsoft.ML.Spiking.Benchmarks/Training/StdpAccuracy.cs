using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>A winner-take-all layer that learns MNIST's digits by STDP, without labels or rewarded by them.</summary>
internal static class StdpAccuracy
{
    private const int Trained = 50_000;

    public static void Run(string figure, int neurons, CompetitiveStdp learning, int seeds, DirectoryInfo? pictures, bool held)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView all = Digits.Training(ml);
        IDataView train = ml.Data.Cache(held ? ml.Data.TakeRows(all, Trained) : all), test = ml.Data.Cache(held ? ml.Data.SkipRows(all, Trained) : Digits.Test(ml));
        // What is read, and compiled, once.
        Train(ml, new() { Network = new() { Neurons = neurons }, Epochs = 1, Seed = 0 }, ml.Data.TakeRows(train, 2000), out _, out _);

        var accuracies = new List<double>();
        var epochs = new List<double>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            var options = new WinnerTakeAllOptions { Network = new() { Neurons = neurons }, Learning = learning, Seed = seed };
            WinnerTakeAllTransformer trained = Train(ml, options, train, out double epoch, out double whole);
            long start = Stopwatch.GetTimestamp();
            double accuracy = ml.MulticlassClassification.Evaluate(trained.Transform(test)).MicroAccuracy, scoring = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}: {accuracy:P2} of the {(held ? "kept" : "test")} images; {epoch:F2} s an epoch, {whole:F1} s for all of Fit, {scoring:F1} s for scoring"));
            accuracies.Add(accuracy);
            epochs.Add(epoch);
            if (seed == 1 && pictures is not null) SpikePictures.Winners(trained.Model, trained.ClassNames).Save(Path.Combine(pictures.FullName, "winners.svg"));
        }
        accuracies.Sort();
        epochs.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of {seeds} seeds, {accuracies[0]:F4} to {accuracies[^1]:F4}; {epochs[0]:F2} to {epochs[^1]:F2} s an epoch"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure}: {accuracies[seeds / 2]:F4} fraction, {epochs[seeds / 2]:F2} s an epoch"));
    }

    /// <param name="ml">The context.</param>
    /// <param name="options">How.</param>
    /// <param name="train">The rows.</param>
    /// <param name="epoch">Seconds of an epoch, from row to row.</param>
    /// <param name="all">Seconds of all: reading, learning, and asking each neuron for its class.</param>
    private static WinnerTakeAllTransformer Train(MLContext ml, WinnerTakeAllOptions options, IDataView train, out double epoch, out double all)
    {
        var last = new Last();
        long start = Stopwatch.GetTimestamp();
        WinnerTakeAllTransformer trained = ml.MulticlassClassification.Trainers.WinnerTakeAll(options with { Progress = last }).Fit(train);
        all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        epoch = last.TrainingTime.TotalSeconds / options.Epochs;
        return trained;
    }

    private sealed class Last : IProgress<WinnerTakeAllProgress>
    {
        public TimeSpan TrainingTime { get; private set; }

        public void Report(WinnerTakeAllProgress value) => TrainingTime = value.TrainingTime;
    }
}
