using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="Triangle"/>.</summary>
internal readonly struct TriangleShape(Triangle rule) : ISurrogateShape
{
    private readonly float _steepness = 1 / (float)rule.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Derivative(Vector512<float> v)
        => Vector512.Max(Vector512<float>.Zero, Vector512<float>.One - Vector512.Abs(v) * _steepness);
}
