using Microsoft.ML.Spiking.Samples.Sound;

namespace Microsoft.ML.Spiking.Tests.Sound;

/// <summary>The ear of the sound sample.</summary>
[TestClass]
public class SoundInputTests
{
    [TestMethod]
    [DataRow(300)]
    [DataRow(1000)]
    [DataRow(2500)]
    public void A_tone_is_loudest_in_the_band_of_its_pitch(int frequency)
    {
        float[][] bands = MelBands.Of(Tone(frequency, 4000));
        // 32 bands whose middles are evenly spaced in mel between 60 and 3900 Hz.
        static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);
        double band = (Mel(frequency) - Mel(60)) / (Mel(3900) - Mel(60)) * 33 - 1;
        foreach (float[] step in bands) Assert.AreEqual(band, Array.IndexOf(step, step.Max()), 1);
        Assert.HasCount((4000 - 256) / 100 + 1, bands);
    }

    [TestMethod]
    public void A_wider_throat_hears_a_higher_tone_where_the_lower_one_was()
    {
        float[] plain = MelBands.Of(Tone(1000, 2000))[3], warped = MelBands.Of(Tone(1100, 2000), warp: 1.1)[3];
        Assert.AreEqual(Array.IndexOf(plain, plain.Max()), Array.IndexOf(warped, warped.Max()));
    }

    [TestMethod]
    public void Who_listens_hears_in_each_step_what_a_recording_that_ends_there_has()
    {
        WordRecording word = MadeUpWords.Say(takes: 1, seed: 3)[0];
        float[] whole = SoundInput.Of(word, online: true), first = SoundInput.Of(word with { Samples = word.Samples[..1856] }, online: true);
        int steps = MelBands.Steps(word.Samples[..1856]);
        Assert.AreEqual(17, steps);
        CollectionAssert.AreEqual(whole[..(steps * SoundInput.Inputs)], first[..(steps * SoundInput.Inputs)]);
        Assert.IsTrue(first[(steps * SoundInput.Inputs)..].All(float.IsNaN), "the end");
        Assert.IsTrue(whole[..(steps * SoundInput.Inputs)].Any(x => x > 0.1f));
    }

    [TestMethod]
    public void Of_a_whole_recording_each_band_is_0_on_average()
    {
        float[] row = SoundInput.Of(MadeUpWords.Say(takes: 1, seed: 3)[5], online: false);
        int steps = Array.FindIndex(row, float.IsNaN) / SoundInput.Inputs;
        for (int band = 0; band < MelBands.Count; band++)
        {
            double above = 0, below = 0;
            for (int step = 0; step < steps; step++) (above, below) = (above + row[step * SoundInput.Inputs + 2 * band], below + row[step * SoundInput.Inputs + 2 * band + 1]);
            Assert.AreEqual(above, below, 1e-3, $"band {band}");
        }
    }

    [TestMethod]
    public void A_variation_is_the_same_word_said_otherwise()
    {
        WordRecording[] words = [.. MadeUpWords.Say(takes: 1, seed: 1).Take(2)];
        SoundRow[] rows = SoundInput.Rows(words, ["ai", "ia"], online: false, copies: 3, seed: 1), again = SoundInput.Rows(words, ["ai", "ia"], online: false, copies: 3, seed: 1);
        CollectionAssert.AreEqual(SoundInput.Of(words[0], online: false), rows[0].Features, "the first is the recording itself");
        CollectionAssert.AreNotEqual(rows[1].Features, rows[2].Features);
        for (int i = 0; i < rows.Length; i++) CollectionAssert.AreEqual(rows[i].Features, again[i].Features);
        CollectionAssert.AreEqual(new uint[] { 0, 0, 0, 0, 0, 0 }, rows.Select(row => row.Label).ToArray(), "both speakers say the first word");
    }

    private static float[] Tone(double frequency, int samples)
        => [.. Enumerable.Range(0, samples).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * frequency * i / MelBands.Rate)))];
}
