using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>The ways of writing each digit.</summary>
/// <remarks>A way is a few strokes; a stroke is the points that the pen passes, in hundredths of a square, y downwards.</remarks>
internal static class DigitShapes
{
    private static readonly Vector2[][][][] Ways =
    [
        [Way("50,5 27,18 19,50 28,83 50,95 73,82 81,50 73,18 50,5 42,8")],
        [
            Way("52,5 51,50 50,95"),
            Way("33,24 45,15 55,5", "55,5 54,50 53,95"),
            Way("33,22 45,14 54,5", "54,5 53,50 53,95", "31,95 53,95 75,95"),
        ],
        [
            Way("23,25 34,10 54,5 73,14 75,32 61,55 41,75 20,94", "20,94 50,93 80,94"),
            Way("25,22 39,8 58,6 74,19 70,42 50,67 30,85 20,88 25,77 41,80 62,94 80,88"),
        ],
        [
            Way("24,14 44,5 67,9 74,25 64,41 43,47", "43,47 67,52 78,70 68,88 45,95 22,86"),
            Way("25,7 48,6 74,6", "74,6 61,24 46,41", "46,41 69,47 78,68 67,88 45,95 22,87"),
        ],
        [
            Way("30,6 25,32 22,54", "22,54 50,55 82,52", "67,8 65,50 62,95"),
            Way("62,5 40,35 17,66", "17,66 50,66 85,65", "62,5 63,50 63,95"),
        ],
        [Way("75,6 52,6 31,7", "31,7 28,26 25,45", "25,45 48,38 70,47 78,67 67,87 44,95 21,86")],
        [
            Way("66,5 42,20 27,45 23,70 33,90 53,95 72,86 77,69 66,55 45,54 27,68"),
            Way("48,4 33,30 26,55 27,80 45,95 66,91 76,74 66,58 46,59 30,74"),
        ],
        [
            Way("20,8 50,7 79,6", "79,6 59,45 42,95"),
            Way("20,8 50,7 79,6", "79,6 59,45 42,95", "36,52 54,50 74,48"),
        ],
        [Way("70,15 50,5 30,16 33,34 51,47 71,62 75,82 50,95 25,82 29,62 49,47 67,34 70,15")],
        [
            Way("74,22 58,7 39,7 25,20 28,39 45,48 64,41 74,22", "74,22 73,55 68,95"),
            Way("74,22 58,7 39,7 25,20 28,39 45,48 64,41 74,22", "74,22 75,56 65,84 42,95 28,88"),
        ],
    ];

    public static Vector2[][] Pick(int digit, SplitMix random) => Ways[digit][random.Below(Ways[digit].Length)];

    private static Vector2[][] Way(params string[] strokes)
        => [.. strokes.Select(stroke => stroke.Split(' ').Select(Point).ToArray())];

    private static Vector2 Point(string pair)
    {
        float[] xy = [.. pair.Split(',').Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
        return new Vector2(xy[0], xy[1]) / 100;
    }
}
