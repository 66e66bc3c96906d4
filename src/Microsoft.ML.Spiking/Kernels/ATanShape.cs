using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

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
