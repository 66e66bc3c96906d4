namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>
/// Recordings for those who have none: eight words of two sounds each, by four made-up speakers. Words come in pairs, "ai" and "ia", which differ in the order
/// of their sounds alone, so that only time tells them apart.
/// </summary>
/// <remarks>A vowel is the harmonics of a voice, loudest near the resonances of a throat, its formants; "s" is noise.</remarks>
internal static class MadeUpWords
{
    private const char Hiss = 's';

    private static readonly Dictionary<char, double[]> s_formants = new()
    {
        ['a'] = [730, 1090, 2440], ['i'] = [270, 2290, 3010], ['u'] = [300, 870, 2240],
    };

    // Pitch, and how much smaller the throat is.
    private static readonly (string Name, double Pitch, double Throat)[] s_speakers = [("bass", 95, 1), ("tenor", 130, 1.06), ("alto", 190, 1.15), ("child", 250, 1.3)];

    public static string[] Words { get; } = ["ai", "ia", "au", "ua", "iu", "ui", "sa", "as"];

    /// <summary>Each word by each speaker, so many times.</summary>
    public static WordRecording[] Say(int takes, int seed) =>
    [
        .. from word in Words
           from speaker in s_speakers
           from take in Enumerable.Range(0, takes)
           select new WordRecording(word, speaker.Name, take, Say(word, speaker.Pitch, speaker.Throat, new Random(HashCode(seed, word, speaker.Name, take)))),
    ];

    private static float[] Say(string word, double pitch, double throat, Random random)
    {
        double length = 0.3 + 0.2 * random.NextDouble(), turn = 0.4 + 0.2 * random.NextDouble(), loudness = 0.1 + 0.3 * random.NextDouble();
        pitch *= 0.9 + 0.2 * random.NextDouble();
        throat *= 0.97 + 0.06 * random.NextDouble();
        var samples = new float[(int)(length * MelBands.Rate)];
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double at = (double)i / samples.Length, second = 1 / (1 + Math.Exp(-(at - turn) * 20)), now = pitch * (1.1 - 0.2 * at);
            phase += now / MelBands.Rate;
            double sound = (1 - second) * Sound(word[0], phase, now, throat, random) + second * Sound(word[1], phase, now, throat, random);
            double fade = Math.Min(1, 20 * Math.Min(at, 1 - at));
            samples[i] = (float)(loudness * fade * sound + 0.002 * (2 * random.NextDouble() - 1));
        }
        return samples;
    }

    private static double Sound(char letter, double phase, double pitch, double throat, Random random)
    {
        if (letter == Hiss) return 0.3 * (2 * random.NextDouble() - 1);
        double sum = 0;
        for (int harmonic = 1; harmonic * pitch < MelBands.Rate / 2; harmonic++)
        {
            double strength = 0;
            foreach (double formant in s_formants[letter])
            {
                double distance = (harmonic * pitch - formant * throat) / 90;
                strength += 1 / (1 + distance * distance);
            }
            sum += strength / Math.Sqrt(harmonic) * Math.Sin(2 * Math.PI * harmonic * phase);
        }
        return sum / 2;
    }

    // The same in every process, which string.GetHashCode is not.
    private static int HashCode(int seed, string word, string speaker, int take)
    {
        uint hash = (uint)seed;
        foreach (char c in $"{word}_{speaker}_{take}") hash = (hash ^ c) * 16777619;
        return (int)(hash >> 1);
    }
}
