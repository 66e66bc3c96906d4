using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>∂spike/∂v = 1 / (1 + Slope · |v|)², of a fast sigmoid: the gradient of SuperSpike (Zenke and Ganguli 2018).</summary>
public sealed record FastSigmoid : SurrogateGradient
{
    /// <summary>How fast the derivative falls off on both sides of the threshold. Default 2.</summary>
    public double Slope { get; init; } = 2;

    internal override float Derivative(float v)
    {
        float scaled = 1 + (float)Slope * MathF.Abs(v);
        return 1 / (scaled * scaled);
    }

    internal override void Check() => Require.Positive(Slope, "FastSigmoid.Slope");
}
