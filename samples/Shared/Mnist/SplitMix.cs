namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Sebastiano Vigna's SplitMix64: a small random generator that is good from any seed, neighbouring ones too.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong state = seed;

    /// <summary>Uniform over [low, high).</summary>
    public float Between(float low, float high) => low + (high - low) * Fraction();

    /// <summary>Uniform over 0 … count − 1.</summary>
    public int Below(int count) => (int)(Fraction() * count);

    private float Fraction()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 40) / (float)(1 << 24);
    }
}
