namespace Microsoft.ML.Spiking.Tests;

/// <summary>
/// Made-up words as a cochlea of 700 channels hears them: two different of five syllables, one after the other, so that each word has the channels of
/// another, and only their order tells the two apart.
/// </summary>
/// <param name="words">How many, class by class in turn.</param>
/// <param name="seed">Decides speakers, tempo and every spike.</param>
internal sealed class SpikingWords(int words, int seed)
{
    public const int Units = 700;

    private const int SpikesPerFormant = 700, NoiseSpikes = 600;

    // How far the spikes of a formant lie around it, and how far voices are apart, in channels.
    private const double Width = 14, Voices = 30;

    // Where formants begin and end, in channels.
    private static readonly (double From, double To)[][] s_syllables =
    [
        [(90, 130), (300, 380), (520, 540)],
        [(130, 90), (380, 300), (560, 520)],
        [(110, 110), (260, 420), (600, 560)],
        [(70, 150), (420, 260), (540, 600)],
        [(150, 120), (340, 340), (480, 560)],
    ];

    private static readonly string[] s_vowels = ["a", "e", "i", "o", "u"];

    /// <summary>The words' names, by their labels: "ae" is another than "ea".</summary>
    public static string[] Names { get; } = [.. from first in s_vowels from second in s_vowels where first != second select first + second];

    /// <summary>The words as a file of SHD's layout, times in 16 bits.</summary>
    public byte[] File()
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, words).Select(word => word % Names.Length)];
        (double Time, int Unit)[][] heard = [.. labels.Select(label => Say(Names[label], random))];
        return ShdFile.Bytes(
            Array.ConvertAll(heard, word => Array.ConvertAll(word, spike => (Half)spike.Time)),
            Array.ConvertAll(heard, word => Array.ConvertAll(word, spike => (ushort)spike.Unit)), labels, Names);
    }

    private static (double Time, int Unit)[] Say(string name, Random random)
    {
        double length = 0.6 + 0.35 * random.NextDouble(), middle = length * (0.4 + 0.2 * random.NextDouble()), voice = Voices * (2 * random.NextDouble() - 1);
        var spikes = new List<(double Time, int Unit)>();
        for (int half = 0; half < name.Length; half++)
        {
            (double begin, double end) = half == 0 ? (0, middle) : (middle, length);
            foreach (var (from, to) in s_syllables[Array.IndexOf(s_vowels, name[half..(half + 1)])])
            {
                for (int spike = 0; spike < SpikesPerFormant; spike++)
                {
                    double along = random.NextDouble(), channel = from + along * (to - from) + voice + Width * Normal(random);
                    if (channel is >= 0 and < Units) spikes.Add((begin + along * (end - begin), (int)channel));
                }
            }
        }
        for (int spike = 0; spike < NoiseSpikes; spike++) spikes.Add((length * random.NextDouble(), random.Next(Units)));
        return [.. spikes.OrderBy(spike => spike.Time)];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
