namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>A picture as numbers.</summary>
/// <param name="Pixels">Row by row, 0 (background) to 1 (ink), taken as they are.</param>
internal sealed record PixelsRequest(float[] Pixels);
