namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A batch's probabilities in units of 2⁻¹⁶: what a draw of 16 bits must be below for a spike, [block, input, lane].</summary>
/// <remarks>The largest threshold, 65535, means always. Lanes beyond the batch have 0: never.</remarks>
internal sealed unsafe class PoissonThresholds(PackedSpikes spikes)
{
    private readonly AlignedArray<ushort> _values = new(spikes.Blocks * spikes.Inputs * PackedSpikes.Lanes);

    /// <summary>The batch whose spikes are drawn with these.</summary>
    public PackedSpikes Spikes => spikes;

    /// <summary>A block's thresholds, [input, lane].</summary>
    public ushort* Block(int block) => _values.First + (nint)block * spikes.Inputs * PackedSpikes.Lanes;

    /// <summary>Sets a sample's probabilities, one an input.</summary>
    public void Set(int sample, ReadOnlySpan<float> probabilities)
    {
        ushort* lane = Block(sample / PackedSpikes.Lanes) + sample % PackedSpikes.Lanes;
        for (int i = 0; i < probabilities.Length; i++) lane[i * PackedSpikes.Lanes] = Of(probabilities[i]);
    }

    /// <summary>Sets a sample's probabilities by its levels, one an input.</summary>
    public void Set(int sample, ReadOnlySpan<byte> levels, ReadOnlySpan<float> probabilities)
    {
        ushort* lane = Block(sample / PackedSpikes.Lanes) + sample % PackedSpikes.Lanes;
        for (int i = 0; i < levels.Length; i++) lane[i * PackedSpikes.Lanes] = Of(probabilities[levels[i]]);
    }

    private static ushort Of(float probability) => (ushort)Math.Clamp(MathF.Round(probability * 65536), 0, ushort.MaxValue);
}
