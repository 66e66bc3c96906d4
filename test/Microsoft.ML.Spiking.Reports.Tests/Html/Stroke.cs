using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>A drawn image of ten by ten: a stroke across, one downwards, or one aslant, whose class has a name that HTML would stumble over.</summary>
internal sealed class Stroke
{
    public const int Side = 10;

    public const string Across = "across", Down = "down", Aslant = "</script><b>";

    private static readonly string[] s_classes = [Across, Down, Aslant];

    public string Class { get; set; } = "";

    [VectorType(Side, Side)]
    public float[] Features { get; set; } = [];

    /// <summary>Strokes of the three classes in turn; the same for the same seed.</summary>
    public static Stroke[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Draw(s_classes[row % 3], random))];
    }

    /// <summary>A stroke downwards that is said to be one across.</summary>
    public static Stroke Mislabelled(int seed) => new() { Class = Across, Features = Draw(Down, new Random(seed)).Features };

    private static Stroke Draw(string kind, Random random)
    {
        var pixels = new float[Side * Side];
        int line = random.Next(3, 7);
        for (int i = 1; i < Side - 1; i++)
        {
            int at = kind switch { Across => line * Side + i, Down => i * Side + line, _ => i * Side + i };
            pixels[at] = 0.8f + 0.2f * random.NextSingle();
        }
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Math.Min(1, pixels[i] + 0.1f * random.NextSingle());
        return new Stroke { Class = kind, Features = pixels };
    }
}
