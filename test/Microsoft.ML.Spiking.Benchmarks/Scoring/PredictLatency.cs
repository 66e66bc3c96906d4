using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One prediction through ML.NET's PredictionEngine.</summary>
internal static class PredictLatency
{
    private const int WarmUp = 1000, Calls = 10_000;

    public static void Run()
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        DigitImage[] images = [.. Digits.Test(ml).GetColumn<float[]>("Features").Select(pixels => new DigitImage { Features = pixels })];
        Console.WriteLine($"PredictionEngine.Predict, {Calls} calls after {WarmUp}, each another image:");
        Print("ML.NET's SdcaMaximumEntropy", Measure(ml, BriefTraining.Linear(ml), images));
        Print("reference network", Measure(ml, BriefTraining.Of(ml, SpikingNetworkOptions.Reference), images));
        double[] times = Measure(ml, BriefTraining.Of(ml, new SpikingNetworkOptions()), images);
        Print("default network", times);
        Console.WriteLine($"predict-latency: {times[Calls / 2]:F3} ms");
    }

    /// <summary>The calls' times in milliseconds, ascending.</summary>
    private static double[] Measure(MLContext ml, ITransformer model, DigitImage[] images)
    {
        using var engine = ml.Model.CreatePredictionEngine<DigitImage, DigitPrediction>(model);
        var prediction = new DigitPrediction();
        for (int call = 0; call < WarmUp; call++) engine.Predict(images[call % images.Length], ref prediction);
        var times = new double[Calls];
        for (int call = 0; call < Calls; call++)
        {
            long start = Stopwatch.GetTimestamp();
            engine.Predict(images[call % images.Length], ref prediction);
            times[call] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    private static void Print(string what, double[] times)
        => Console.WriteLine($"{what,-30} p50 {times[Calls / 2],7:F3} ms   p99 {times[Calls * 99 / 100],7:F3} ms   ({times[0]:F3} to {times[^1]:F3})");
}
