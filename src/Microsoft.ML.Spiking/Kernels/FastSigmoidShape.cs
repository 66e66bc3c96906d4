using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

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
