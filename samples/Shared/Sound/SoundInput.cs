namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>From a recording to what the network is shown: of each band two inputs a step, one for what is above its average and one for what is below.</summary>
internal static class SoundInput
{
    /// <summary>Steps at most: 0.8 seconds. What is longer is cut off.</summary>
    public const int Steps = 64;

    /// <summary>What the steps come to.</summary>
    public const double Seconds = (double)Steps * MelBands.Hop / MelBands.Rate;

    /// <summary>Inputs of a step.</summary>
    public const int Inputs = 2 * MelBands.Count;

    /// <summary>Whether a recording goes on after the last step.</summary>
    public static bool IsCut(WordRecording recording) => MelBands.Steps(recording.Samples) > Steps;

    /// <summary>A row, [step, input], NaN after the end.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="online">Whether a step may know nothing of later ones.</param>
    /// <param name="variation">How it is changed; null where it stays.</param>
    public static float[] Of(WordRecording recording, bool online, Variation? variation = null)
    {
        float[] samples = variation?.Sound(recording.Samples) ?? recording.Samples;
        float[][] bands = MelBands.Of(samples, variation?.Warp ?? 1);
        BandScale.Apply(bands, online);
        variation?.Mask(bands);
        float[] row = new float[Steps * Inputs];
        Array.Fill(row, float.NaN);
        for (int step = 0; step < Math.Min(Steps, bands.Length); step++) Of(bands[step], row.AsSpan(step * Inputs, Inputs));
        return row;
    }

    /// <summary>The inputs of a step.</summary>
    /// <param name="bands">Its bands, scaled.</param>
    /// <param name="inputs">Receives [input].</param>
    public static void Of(ReadOnlySpan<float> bands, Span<float> inputs)
    {
        for (int band = 0; band < bands.Length; band++)
        {
            inputs[2 * band] = Math.Clamp(bands[band], 0, 1);
            inputs[2 * band + 1] = Math.Clamp(-bands[band], 0, 1);
        }
    }

    /// <summary>Rows of recordings, each in some variations besides itself.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="words">The classes.</param>
    /// <param name="online">Whether a step may know nothing of later ones.</param>
    /// <param name="copies">Rows of each, the recording itself among them.</param>
    /// <param name="seed">Of the variations.</param>
    public static SoundRow[] Rows(WordRecording[] recordings, string[] words, bool online, int copies = 1, int seed = 0)
    {
        var rows = new SoundRow[recordings.Length * copies];
        Parallel.For(0, rows.Length, i =>
        {
            WordRecording recording = recordings[i / copies];
            Variation? variation = i % copies == 0 ? null : new Variation(new Random(seed * 7919 + i));
            rows[i] = new SoundRow { Label = (uint)Array.IndexOf(words, recording.Word), Features = Of(recording, online, variation) };
        });
        return rows;
    }
}
