using System.Numerics;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A square of pixels to draw thick, smooth-edged lines on.</summary>
internal sealed class Page(int size)
{
    // How much of each pixel the ink covers, 0 to 1.
    private readonly float[] covered = new float[size * size];

    public ReadOnlySpan<float> Covered => covered;

    public void DrawLine(Vector2 from, Vector2 to, float radius)
    {
        // A pixel is touched where its centre is within the radius and half a pixel more.
        float reach = radius + 0.5f;
        (int left, int right) = PixelsWithin(MathF.Min(from.X, to.X) - reach, MathF.Max(from.X, to.X) + reach);
        (int top, int bottom) = PixelsWithin(MathF.Min(from.Y, to.Y) - reach, MathF.Max(from.Y, to.Y) + reach);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float distance = Distance(new Vector2(x + 0.5f, y + 0.5f), from, to);
                ref float pixel = ref covered[y * size + x];
                pixel = MathF.Max(pixel, Math.Clamp(reach - distance, 0, 1));
            }
        }
    }

    private (int First, int Last) PixelsWithin(float low, float high)
        => (Math.Max((int)MathF.Floor(low), 0), Math.Min((int)MathF.Ceiling(high), size - 1));

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 line = to - from;
        float along = Vector2.Dot(point - from, line) / MathF.Max(line.LengthSquared(), 1e-12f);
        return Vector2.Distance(point, from + Math.Clamp(along, 0, 1) * line);
    }
}
