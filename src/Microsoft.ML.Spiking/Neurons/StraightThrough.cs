namespace Microsoft.ML.Spiking;

/// <summary>∂spike/∂v = 1, however far the membrane is from the threshold (Bengio, Léonard and Courville 2013).</summary>
public sealed record StraightThrough : SurrogateGradient
{
    internal override float Derivative(float v) => 1;

    internal override void Check() { }
}
