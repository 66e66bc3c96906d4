using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>What a layer reads, before its delays: the coded input, or the spikes of the layer before.</summary>
/// <param name="Count">Numbers of a time step.</param>
/// <param name="Map">How they are an image, or feature maps; null where they are none.</param>
internal readonly record struct LayerInput(int Count, ImageShape? Map)
{
    /// <summary>Numbers that are no image.</summary>
    public static implicit operator LayerInput(int count) => new(count, Map: null);

    /// <summary>What the first layer reads.</summary>
    public static LayerInput Of(InputShape input) => new(input.Inputs, input.Image);
}
