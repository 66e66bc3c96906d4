namespace Microsoft.ML.Spiking.Fused;

/// <summary>
/// What the fused kernels compute of one neuron, or one input, in one time step. <c>build/Ptx</c> compiles the same source for GPUs; there too, each product is
/// rounded before it is added.
/// </summary>
/// <remarks>Constants are floats by themselves: of a whole number that C# would convert, ILGPU makes the bits of a float.</remarks>
internal static class KernelEquations
{
    /// <summary>A number that decays, and what is added to it.</summary>
    public static float Decayed(float number, float decay, float added) => number * decay + added;

    /// <summary>What a membrane is after a step in which it has reached a value.</summary>
    public static float Reset(float reached, float threshold, float reset) => reached >= threshold ? reset : reached;

    /// <summary>A spike.</summary>
    public static float Spike(float reached, float threshold) => reached >= threshold ? 1f : 0f;

    /// <summary>The gradient by a membrane before its reset.</summary>
    /// <param name="ofSpike">That by its spike.</param>
    /// <param name="derivative">The surrogate's.</param>
    /// <param name="reached">The membrane.</param>
    /// <param name="threshold">Its threshold.</param>
    /// <param name="decay">What is left of it in the next step.</param>
    /// <param name="ofNext">The gradient by the membrane of the next step.</param>
    public static float OfMembrane(float ofSpike, float derivative, float reached, float threshold, float decay, float ofNext)
        => ofSpike * derivative + (reached >= threshold ? 0f : decay * ofNext);

    /// <summary>A surrogate's derivative.</summary>
    /// <param name="v">How far the membrane is above the threshold.</param>
    /// <param name="shape">Which: 0 of an arctangent, 1 of a fast sigmoid, 2 a triangle, 3 straight through.</param>
    /// <param name="height">Of an arctangent half of its slope, of others its slope.</param>
    /// <param name="scale">Of an arctangent π/2 times its slope.</param>
    public static float Derivative(float v, int shape, float height, float scale)
    {
        float size = v < 0 ? -v : v;
        if (shape == 0) return height / (1 + v * scale * (v * scale));
        if (shape == 1) return 1 / ((1 + size * height) * (1 + size * height));
        float rest = 1 - size * height;
        if (shape == 2) return rest > 0 ? rest : 0f;
        return 1f;
    }

    /// <summary>A spike where a number is below a limit.</summary>
    public static float Spike(ulong drawn, float limit) => drawn < limit ? 1f : 0f;

    /// <summary>The upper 24 bits of <c>CounterRandom.Bits</c>.</summary>
    /// <param name="key">The source's key.</param>
    /// <param name="place">Which number.</param>
    public static ulong Drawn(ulong key, ulong place)
    {
        ulong z = key + place * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z >> 40;
    }
}
