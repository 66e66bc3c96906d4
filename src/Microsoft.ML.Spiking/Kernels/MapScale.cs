namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What becomes of currents before neurons receive them: (current - mean) · factor + shift, of each channel; nothing where there are none.</summary>
/// <param name="Mean">[channel].</param>
/// <param name="Factor">[channel].</param>
/// <param name="Shift">[channel].</param>
internal readonly record struct MapScale(float[] Mean, float[] Factor, float[] Shift)
{
    /// <summary>Currents that stay as they are.</summary>
    public static MapScale None { get; } = new([], [], []);

    /// <summary>Applies it.</summary>
    /// <param name="currents">[channel, place].</param>
    /// <param name="places">Places of a channel.</param>
    /// <param name="target">Receives them.</param>
    public void Apply(ReadOnlySpan<float> currents, int places, Span<float> target)
    {
        if (Mean.Length == 0)
        {
            currents.CopyTo(target);
            return;
        }
        for (int channel = 0, at = 0; channel < Mean.Length; channel++, at += places)
            MapNormalisation.Scale(currents.Slice(at, places), Mean[channel], Factor[channel], Shift[channel], target.Slice(at, places));
    }
}
