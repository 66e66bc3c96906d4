using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The most accurate preset, trained to its end.</summary>
internal static class BestAccuracy
{
    public static void Run(int seeds)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView train = Digits.Training(ml), test = Digits.Test(ml);
        double[] accuracies = [.. Enumerable.Range(1, seeds).Select(seed => Train(ml, SpikingNetworkOptions.Best with { Seed = seed, ValidationSet = test }, train)).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {seeds} seeds, {accuracies[0]:F4} to {accuracies[^1]:F4}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"best-accuracy: {accuracies[seeds / 2]:F4} fraction"));
    }

    /// <summary>Accuracy at the end, which chooses nothing: the last weights are the model's.</summary>
    private static double Train(MLContext ml, SpikingNetworkOptions options, IDataView train)
    {
        var recorder = new CurveRecorder(options.Seed!.Value, point => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {point.Seed}: {point.Batches} batches, {point.TrainingTime.TotalSeconds:F1} s of training, {point.Accuracy:P2} of the test images")));
        ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Progress = recorder }).Fit(train);
        return recorder.Points[^1].Accuracy;
    }
}
