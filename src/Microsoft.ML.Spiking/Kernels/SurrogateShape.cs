using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>A <see cref="SurrogateGradient"/> in sixteen lanes; a structure, so that the kernel is compiled for each and calls nothing.</summary>
internal interface ISurrogateShape
{
    /// <summary>∂spike/∂v.</summary>
    Vector512<float> Derivative(Vector512<float> v);
}

/// <summary><see cref="ATan"/>.</summary>
internal readonly struct ATanShape(ATan rule) : ISurrogateShape
{
    private readonly float _half = (float)rule.Slope / 2, _scale = MathF.PI / 2 * (float)rule.Slope;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> v)
    {
        Vector512<float> scaled = v * _scale;
        return Vector512.Create(_half) / (Vector512<float>.One + scaled * scaled);
    }
}

/// <summary><see cref="FastSigmoid"/>.</summary>
internal readonly struct FastSigmoidShape(FastSigmoid rule) : ISurrogateShape
{
    private readonly float _slope = (float)rule.Slope;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> v)
    {
        Vector512<float> scaled = Vector512<float>.One + Vector512.Abs(v) * _slope;
        return Vector512<float>.One / (scaled * scaled);
    }
}

/// <summary><see cref="Triangle"/>.</summary>
internal readonly struct TriangleShape(Triangle rule) : ISurrogateShape
{
    private readonly float _steepness = 1 / (float)rule.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> v)
        => Vector512.Max(Vector512<float>.Zero, Vector512<float>.One - Vector512.Abs(v) * _steepness);
}

/// <summary><see cref="StraightThrough"/>.</summary>
internal readonly struct StraightThroughShape : ISurrogateShape
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> v) => Vector512<float>.One;
}
