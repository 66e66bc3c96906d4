using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Spiking.Samples.Sound;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// What readouts over time are worth on spoken words: the network of samples/Sound with each, on rows kept out of training, whole and cut off half way. Takes
/// 0 to 4, which other figures are of, are not read.
/// </summary>
internal static class Readouts
{
    private const int FirstHeldTake = 30, Copies = 2;

    private static readonly (string Name, Readout Readout)[] s_readouts =
    [
        ("rates over all steps", SoundNetwork.Options.Network.Readout),
        ("forgets, 16 steps", Linear(1, WindowPooling.Concatenate, 16)),
        ("4 windows side by side", Linear(4, WindowPooling.Concatenate, null)),
        ("maximum of 16 windows", Linear(16, WindowPooling.Maximum, null)),
        ("maximum over time of a membrane of 16 steps", Linear(SoundInput.Steps, WindowPooling.Maximum, 16)),
        ("attention over 16 windows", Linear(16, WindowPooling.Attention, null)),
        ("attention over 16 windows, 16 steps", Linear(16, WindowPooling.Attention, 16)),
    ];

    public static void Run(int seeds)
    {
        WordRecording[] recordings = RecordingSplit.ByTake(RecordingFolder.Read(Environment.GetEnvironmentVariable(SpokenDigits.Folder)
            ?? throw new InvalidOperationException($"{SpokenDigits.Folder} names no folder; it must hold recordings such as 7_jackson_0.wav."))).Training;
        Machine.Print();
        string[] words = [.. recordings.Select(recording => recording.Word).Distinct().Order(StringComparer.Ordinal)];
        WordRecording[] training = [.. recordings.Where(recording => recording.Take < FirstHeldTake)];
        SoundRow[] held = SoundInput.Rows([.. recordings.Where(recording => recording.Take >= FirstHeldTake)], words, online: true), halves = [.. held.Select(Half)];
        Console.WriteLine($"{training.Length} recordings to learn from, each {Copies} times; {held.Length} kept out.");
        var results = s_readouts.ToDictionary(readout => readout.Name, _ => new List<(double Whole, double Half)>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            var ml = new MLContext(seed);
            IDataView rows = SoundRow.View(ml, SoundInput.Rows(training, words, online: true, Copies, seed), words);
            foreach (var (name, readout) in s_readouts)
            {
                long start = Stopwatch.GetTimestamp();
                SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(SoundNetwork.Options with
                {
                    Seed = seed, Network = SoundNetwork.Options.Network with { Readout = readout },
                }).Fit(rows);
                double Accuracy(SoundRow[] of) => ml.MulticlassClassification.Evaluate(network.Transform(SoundRow.View(ml, of, words))).MicroAccuracy;
                (double Whole, double Half) accuracy = (Accuracy(held), Accuracy(halves));
                results[name].Add(accuracy);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed}, {name}: {accuracy.Whole:P2}, half way {accuracy.Half:P2}, after {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
            }
        }
        foreach (var (name, found) in results)
            Console.WriteLine($"{name}: {Text([.. found.Select(accuracy => accuracy.Whole)])}; half way {Text([.. found.Select(accuracy => accuracy.Half)])}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"readouts: {100 * results.Values.Max(found => found.Average(accuracy => accuracy.Whole)):F2} %"));
    }

    private static Readout Linear(int windows, WindowPooling pooling, double? timeConstant)
        => SoundNetwork.Options.Network.Readout with { Windows = windows, Pooling = pooling, TimeConstant = timeConstant };

    /// <summary>The same row, which ends when half of its steps have come.</summary>
    private static SoundRow Half(SoundRow row)
    {
        int steps = 0;
        while (steps < SoundInput.Steps && !float.IsNaN(row.Features[steps * SoundInput.Inputs])) steps++;
        float[] features = [.. row.Features];
        features.AsSpan(steps / 2 * SoundInput.Inputs).Fill(float.NaN);
        return new SoundRow { Label = row.Label, Features = features };
    }

    private static string Text(double[] accuracies)
        => string.Create(CultureInfo.InvariantCulture, $"mean {accuracies.Average():P2}, {accuracies.Min():P2} to {accuracies.Max():P2}");
}
