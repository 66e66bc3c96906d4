using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>∂spike/∂v = Slope / 2 / (1 + (π/2 · Slope · v)²), as of an arctangent (Fang et al. 2021).</summary>
public sealed record ATan : SurrogateGradient
{
    /// <summary>Twice the derivative at the threshold; the larger, the narrower. Default 1.</summary>
    public double Slope { get; init; } = 1;

    internal override float Derivative(float v)
    {
        float scaled = MathF.PI / 2 * (float)Slope * v;
        return (float)Slope / 2 / (1 + scaled * scaled);
    }

    internal override void Check() => Require.Positive(Slope, "ATan.Slope");
}
