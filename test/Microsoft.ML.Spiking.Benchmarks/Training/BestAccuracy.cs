using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The most accurate preset, trained to its end.</summary>
internal static class BestAccuracy
{
    /// <summary>On digits.</summary>
    public static void Digits(int seeds, bool held) => Run("mnist-best", SpikingNetworkOptions.Best, Benchmarks.Digits.Training, Benchmarks.Digits.Test, seeds, held);

    /// <summary>On pictures of clothes, which look alike from both sides and are hung up straight.</summary>
    public static void Fashion(int seeds, bool held)
        => Run("fashion-best", SpikingNetworkOptions.Best with { Augmentation = s_clothes }, Benchmarks.Fashion.Training, Benchmarks.Fashion.Test, seeds, held);

    private const int Held = 10_000;

    private static readonly ImageAugmentation s_clothes = new() { MaximumShift = 1, HorizontalFlip = true };

    /// <param name="figure">What it is called.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="test">The test rows.</param>
    /// <param name="seeds">Trainings.</param>
    /// <param name="held">Whether the last training rows are kept out and measured on, as where settings are chosen, and the test rows are not read.</param>
    public static void Run(string figure, SpikingNetworkOptions options, Func<MLContext, IDataView> training, Func<MLContext, IDataView> test, int seeds, bool held)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView train = training(ml);
        long apart = train.GetRowCount()!.Value - Held;
        IDataView measured = held ? ml.Data.SkipRows(train, apart) : test(ml);
        if (held) train = ml.Data.TakeRows(train, apart);
        double[] accuracies = [.. Enumerable.Range(1, seeds).Select(seed => Train(ml, options with { Seed = seed, ValidationSet = measured }, train)).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of {seeds} seeds, {accuracies[0]:F4} to {accuracies[^1]:F4}, of the {(held ? "training rows kept out" : "test rows")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure}: {accuracies[seeds / 2]:F4} fraction"));
    }

    /// <summary>Accuracy at the end, which chooses nothing: the last weights are the model's.</summary>
    private static double Train(MLContext ml, SpikingNetworkOptions options, IDataView train)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var recorder = new CurveRecorder(options.Seed!.Value, point =>
        {
            process.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {point.Seed}: {point.Batches} batches, {point.TrainingTime.TotalSeconds:F1} s of training, {(process.TotalProcessorTime - before).TotalSeconds:F0} s of "
                    + $"processor time with all measurements, {point.Accuracy:P2}"));
        });
        ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Progress = recorder }).Fit(train);
        return recorder.Points[^1].Accuracy;
    }
}
