using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// What running means of the weights (<see cref="AdamW.AverageMemory"/>) and smoothed labels (<see cref="TrainingRecipe.LabelSmoothing"/>) are worth to the
/// default network, on training rows kept out.
/// </summary>
internal static class Averages
{
    private const int Held = 10_000;

    private static readonly (string Name, double Memory, double Smoothing)[] s_trainings =
    [
        ("as by default", 0, 0), ("weights averaged over 100 batches", 0.99, 0), ("weights averaged over 1,000 batches", 0.999, 0), ("labels smoothed by 0.1", 0, 0.1),
        ("both, over 1,000 batches", 0.999, 0.1),
    ];

    public static void Run(int seeds)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView all = Digits.Training(ml);
        long apart = all.GetRowCount()!.Value - Held;
        IDataView train = ml.Data.TakeRows(all, apart), held = ml.Data.SkipRows(all, apart);
        var gains = s_trainings.ToDictionary(training => training.Name, _ => new List<double>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            double without = 0;
            foreach (var (name, memory, smoothing) in s_trainings)
            {
                var options = new SpikingNetworkOptions { Seed = seed, ValidationSet = held, LabelSmoothing = smoothing };
                options = options with { Optimiser = options.Optimiser with { AverageMemory = memory } };
                double accuracy = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(train).Model.Training.ValidationAccuracy!.Value;
                if (name == s_trainings[0].Name) without = accuracy;
                gains[name].Add(accuracy - without);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {name}: {accuracy:P2} of the rows kept out"));
            }
        }
        foreach (var (name, gain) in gains.Skip(1))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {100 * gain.Average():+0.00;-0.00} points ({100 * gain.Min():+0.00;-0.00} to {100 * gain.Max():+0.00;-0.00}, {seeds} seeds)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"averages: {100 * gains.Values.Max(gain => gain.Average()):F2} points"));
    }
}
