using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>∂spike/∂v = max(0, 1 - |v| / Width), a triangle (Esser et al. 2016; Bellec et al. 2018).</summary>
public sealed record Triangle : SurrogateGradient
{
    /// <summary>Distance from the threshold at which the derivative has fallen to 0, in units of the membrane potential. Default 1.</summary>
    public double Width { get; init; } = 1;

    internal override float Derivative(float v) => MathF.Max(0, 1 - MathF.Abs(v) / (float)Width);

    internal override void Check() => Require.Positive(Width, "Triangle.Width");
}
