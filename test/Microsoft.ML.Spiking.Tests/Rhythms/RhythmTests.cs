using Microsoft.ML.Spiking.Samples.Rhythms;

namespace Microsoft.ML.Spiking.Tests.Rhythms;

[TestClass]
public class RhythmTests
{
    [TestMethod]
    public void Every_input_spikes_six_times_in_every_recording_of_every_rhythm()
    {
        foreach (RhythmRecording recording in RhythmRecording.Make(800, seed: 5))
        {
            for (int input = 0; input < Rhythm.Inputs; input++)
                Assert.AreEqual(6, Train(recording.Spikes, input).Length, recording.Class);
            Assert.IsTrue(recording.Counts.All(count => count == 6), recording.Class);
        }
    }

    [TestMethod]
    [DataRow("A leads by 2, regular", new[] { 0, 16, 32, 48, 64, 80 }, new[] { 2, 18, 34, 50, 66, 82 })]
    [DataRow("A leads by 6, regular", new[] { 0, 16, 32, 48, 64, 80 }, new[] { 6, 22, 38, 54, 70, 86 })]
    [DataRow("B leads by 2, regular", new[] { 2, 18, 34, 50, 66, 82 }, new[] { 0, 16, 32, 48, 64, 80 })]
    [DataRow("A leads by 2, bursts", new[] { 0, 2, 4, 48, 50, 52 }, new[] { 2, 4, 6, 50, 52, 54 })]
    [DataRow("B leads by 6, bursts", new[] { 6, 8, 10, 54, 56, 58 }, new[] { 0, 2, 4, 48, 50, 52 })]
    public void On_time_and_from_the_cycles_start_the_groups_beat_as_the_rhythm_says(string name, int[] a, int[] b)
    {
        bool[] spikes = Rhythm.Named(name).Play(new Punctual());

        for (int input = 0; input < Rhythm.Inputs; input++)
            CollectionAssert.AreEqual(input < 6 ? a : b, Train(spikes, input), $"input {input}");
    }

    [TestMethod]
    public void No_moment_of_any_input_is_likelier_in_one_rhythm_than_in_another()
    {
        const int Each = 2000;
        foreach (var recordings in RhythmRecording.Make(Each * Rhythm.All.Count, seed: 3).GroupBy(recording => recording.Class))
        {
            var fired = new int[Rhythm.Steps * Rhythm.Inputs];
            foreach (RhythmRecording recording in recordings)
                for (int cell = 0; cell < fired.Length; cell++)
                    if (recording.Spikes[cell]) fired[cell]++;

            // 6 spikes in 96 steps: 1/16, of which the deviation in 2,000 draws is 0.0054; five and a half of them.
            Assert.AreEqual(1 / 16.0, fired.Max() / (double)Each, 0.03, recordings.Key);
            Assert.AreEqual(1 / 16.0, fired.Min() / (double)Each, 0.03, recordings.Key);
        }
    }

    /// <summary>The steps in which an input fires.</summary>
    private static int[] Train(bool[] spikes, int input) => [.. Enumerable.Range(0, Rhythm.Steps).Where(step => spikes[step * Rhythm.Inputs + input])];

    /// <summary>Starts at the cycle's start, and is never late.</summary>
    private sealed class Punctual : Random
    {
        public override int Next(int maxValue) => 0;
    }
}
