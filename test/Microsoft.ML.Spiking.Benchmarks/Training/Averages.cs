using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What running means of the weights are worth (<see cref="AdamW.AverageMemory"/>), on training rows kept out.</summary>
internal static class Averages
{
    private const int Held = 10_000;

    private static readonly double[] s_memories = [0, 0.99, 0.999];

    public static void Run(int seeds)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView all = Digits.Training(ml);
        long apart = all.GetRowCount()!.Value - Held;
        IDataView train = ml.Data.TakeRows(all, apart), held = ml.Data.SkipRows(all, apart);
        var gains = s_memories.ToDictionary(memory => memory, _ => new List<double>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            double without = 0;
            foreach (double memory in s_memories)
            {
                var options = new SpikingNetworkOptions { Seed = seed, ValidationSet = held };
                options = options with { Optimiser = options.Optimiser with { AverageMemory = memory } };
                double accuracy = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(train).Model.Training.ValidationAccuracy!.Value;
                if (memory == 0) without = accuracy;
                gains[memory].Add(accuracy - without);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, memory {memory}: {accuracy:P2} of the rows kept out"));
            }
        }
        foreach (var (memory, gain) in gains.Where(entry => entry.Key > 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"memory {memory}: {100 * gain.Average():+0.00;-0.00} points ({100 * gain.Min():+0.00;-0.00} to {100 * gain.Max():+0.00;-0.00}, {seeds} seeds)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"averages: {100 * gains.Values.Max(gain => gain.Average()):F2} points"));
    }
}
