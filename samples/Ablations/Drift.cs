namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A way in which what a network sees drifts away from what it was trained on.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Change">From an image's pixels, 0 to 1, and its own noise to what is seen of it.</param>
internal sealed record Drift(string Name, Func<float[], Random, float[]> Change)
{
    private const int Side = Pictures.Side;

    public static IReadOnlyList<Drift> All { get; } =
    [
        new("nothing", (pixels, _) => pixels),
        new("dusk: light at 0.3", (pixels, _) => Each(pixels, (pixel, _, _) => 0.3f * pixel)),
        new("night: light at 0.1", (pixels, _) => Each(pixels, (pixel, _, _) => 0.1f * pixel)),
        new("uneven light: 1 at the left to 0.1 at the right", (pixels, _) => Each(pixels, (pixel, _, x) => (1 - 0.9f * x / (Side - 1)) * pixel)),
        new("a third of the sensor's pixels dead", (pixels, _) => Each(pixels, (pixel, y, x) => (y * 7 + x * 5 + y * x) % 3 == 0 ? 0 : pixel)),
        new("haze: 0.8 of the picture and 0.2 of white", (pixels, _) => Each(pixels, (pixel, _, _) => 0.2f + 0.8f * pixel)),
        new("noise of deviation 0.3", (pixels, noise) => Each(pixels, (pixel, _, _) => Math.Clamp(pixel + 0.3f * Normal(noise), 0, 1))),
        new("half of the pixels missing, others in each row", (pixels, noise) => Each(pixels, (pixel, _, _) => noise.NextDouble() < 0.5 ? 0 : pixel)),
        new("the sensor shifted by 2 pixels", (pixels, _) => Each(pixels, (_, y, x) => At(pixels, y, x - 2))),
        new("the sensor turned by 20 degrees", (pixels, _) => Each(pixels, (_, y, x) => Turned(pixels, y, x, Math.PI / 9))),
    ];

    private static float[] Each(float[] pixels, Func<float, int, int, float> change) => [.. pixels.Select((pixel, i) => change(pixel, i / Side, i % Side))];

    private static float At(float[] pixels, int y, int x) => y is < 0 or >= Side || x is < 0 or >= Side ? 0 : pixels[y * Side + x];

    private static float Turned(float[] pixels, int y, int x, double angle)
    {
        double middle = (Side - 1) / 2.0, dy = y - middle, dx = x - middle;
        return At(pixels, (int)Math.Round(middle + Math.Cos(angle) * dy - Math.Sin(angle) * dx), (int)Math.Round(middle + Math.Sin(angle) * dy + Math.Cos(angle) * dx));
    }

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
