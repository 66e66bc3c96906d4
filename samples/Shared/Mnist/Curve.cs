using System.Numerics;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A smooth line through given points: a Catmull–Rom spline, cut into short straight pieces.</summary>
internal static class Curve
{
    private const int PiecesBetweenPoints = 6;

    public static IEnumerable<Vector2> Through(IReadOnlyList<Vector2> points)
    {
        for (int i = 0; i + 1 < points.Count; i++)
        {
            Vector2 before = points[Math.Max(i - 1, 0)];
            Vector2 after = points[Math.Min(i + 2, points.Count - 1)];
            for (int piece = 0; piece < PiecesBetweenPoints; piece++)
                yield return Between(before, points[i], points[i + 1], after, piece / (float)PiecesBetweenPoints);
        }

        yield return points[^1];
    }

    private static Vector2 Between(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float t)
        => 0.5f * (2 * from
            + t * (to - before)
            + t * t * (2 * before - 5 * from + 4 * to - after)
            + t * t * t * (3 * (from - to) + after - before));
}
