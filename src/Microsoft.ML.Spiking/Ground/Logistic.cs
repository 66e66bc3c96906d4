namespace Microsoft.ML.Spiking.Ground;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal static class Logistic
{
    // By way of double: the same bits on every platform, whose C libraries differ in the last bit of a float32 exponential.
    public static float Of(float x) => (float)(1 / (1 + Math.Exp(-x)));
}
