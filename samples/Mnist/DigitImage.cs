namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>An image to predict from: pixels row by row, 0 to 1.</summary>
internal sealed class DigitImage
{
    public float[] Features { get; set; } = [];
}
