using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Spiking.Samples.Sound;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// Spoken words: the network of samples/Sound, the default network on the same bands as a still picture, and two learners that know no time, all on the same
/// rows. Takes 0 to 4 are unseen, and then each speaker in turn.
/// </summary>
internal static class SpokenDigits
{
    public const string Folder = "SPIKING_SPOKEN_DIGITS";

    public static void Run(int seeds, bool withoutBaselines)
    {
        WordRecording[] recordings = RecordingFolder.Read(Environment.GetEnvironmentVariable(Folder)
            ?? throw new InvalidOperationException($"{Folder} names no folder; it must hold recordings such as 7_jackson_0.wav."));
        Machine.Print();
        string[] words = [.. recordings.Select(recording => recording.Word).Distinct().Order(StringComparer.Ordinal)];
        (string Name, RecordingSplit Split)[] splits =
        [
            ("takes 0 to 4", RecordingSplit.ByTake(recordings)),
            .. recordings.Select(recording => recording.Speaker).Distinct().Order(StringComparer.Ordinal)
                .Select(speaker => (speaker, RecordingSplit.BySpeaker(recordings, speaker))),
        ];
        var results = new List<(string Split, int Seed, string Learner, double Accuracy)>();
        foreach (var (name, split) in splits)
        {
            for (int seed = 1; seed <= seeds; seed++)
            {
                var task = new SpokenTask(split, words, seed);
                foreach (var (learner, train) in task.Learners(withoutBaselines))
                {
                    long start = Stopwatch.GetTimestamp();
                    double accuracy = train();
                    results.Add((name, seed, learner, accuracy));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{name}, seed {seed}, {learner}: {accuracy:P2} after {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
                }
            }
        }
        foreach (var group in results.GroupBy(result => (result.Split, result.Learner)))
            Print($"{group.Key.Split}, {group.Key.Learner}", [.. group.Select(result => result.Accuracy)]);
        foreach (var group in results.Where(result => result.Split != splits[0].Name).GroupBy(result => result.Learner))
            Print($"speakers left out, mean of {splits.Length - 1}, {group.Key}", [.. group.GroupBy(result => result.Seed).Select(seed => seed.Average(result => result.Accuracy))]);
        double[] ours = [.. results.Where(result => (result.Split, result.Learner) == (splits[0].Name, SpokenTask.InTime)).Select(result => result.Accuracy).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"spoken-digits: {ours[seeds / 2]:F4} fraction"));
    }

    private static void Print(string what, double[] accuracies)
    {
        Array.Sort(accuracies);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {accuracies[accuracies.Length / 2]:P2}, {accuracies[0]:P2} to {accuracies[^1]:P2}"));
    }
}
