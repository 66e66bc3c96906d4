using System.Numerics;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>How one digit is written: where and how it lies on the page, and with what pen.</summary>
/// <param name="Placement">From the unit square to pixels.</param>
/// <param name="PenRadius">Half the line's thickness, in pixels.</param>
/// <param name="Tremor">How far a point may stray, in parts of the unit square.</param>
/// <param name="Ink">Darkness of the line: 1 is full.</param>
internal sealed record Handwriting(Matrix3x2 Placement, float PenRadius, float Tremor, float Ink)
{
    /// <remarks>Ranges are those of neat writing: a person reads every digit, and a linear classifier about nine of ten.</remarks>
    public static Handwriting Random(SplitMix random, int size)
    {
        float height = size * random.Between(0.58f, 0.78f);
        float width = height * random.Between(0.68f, 1.06f);
        float slant = random.Between(-0.2f, 0.45f);
        float turn = random.Between(-0.2f, 0.2f);
        var centre = new Vector2(size / 2f + random.Between(-2.3f, 2.3f), size / 2f + random.Between(-2.3f, 2.3f));

        Matrix3x2 placement = Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(width, height)
            * Matrix3x2.CreateSkew(-slant, 0)
            * Matrix3x2.CreateRotation(turn)
            * Matrix3x2.CreateTranslation(centre);
        return new Handwriting(placement, random.Between(0.8f, 1.7f), Tremor: 0.05f, random.Between(0.85f, 1.05f));
    }

    public Vector2 Place(Vector2 point, SplitMix random)
    {
        var stray = new Vector2(random.Between(-Tremor, Tremor), random.Between(-Tremor, Tremor));
        return Vector2.Transform(point + stray, Placement);
    }
}
