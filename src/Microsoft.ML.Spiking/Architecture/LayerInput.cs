using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>What a layer reads, before its delays: the coded input, or the spikes of the layer before.</summary>
/// <param name="Count">Numbers of a time step.</param>
/// <param name="Map">How they are an image, or feature maps; null where they are none.</param>
internal readonly record struct LayerInput(int Count, ImageShape? Map)
{
    /// <summary>What is said of an input without a <see cref="Map"/>, where a layer needs one.</summary>
    public const string NoMap = "A ConvolutionLayer reads images or sequences, but the input is neither; give the column dimensions [height, width], or with "
        + "up to 4 channels before or after, or a code of sequences.";

    /// <summary>Numbers that are no image.</summary>
    public static implicit operator LayerInput(int count) => new(count, Map: null);

    /// <summary>What the first layer reads.</summary>
    public static LayerInput Of(InputShape input) => new(input.Inputs, input.Image ?? Sequence(input));

    /// <summary>A time step of a sequence: an image of one column, of which a code may have made several channels.</summary>
    private static ImageShape? Sequence(InputShape input)
        => input.Steps is null ? null : new ImageShape(Planes: 1, input.Dimensions[1], Width: 1, input.Inputs / input.Dimensions[1]);
}
