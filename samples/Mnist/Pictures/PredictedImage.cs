namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>An image, what it shows and what the network took it for.</summary>
/// <param name="Pixels">Row by row, 0 for paper to 1 for ink.</param>
/// <param name="Confidence">The network's own, 0 to 1.</param>
internal sealed record PredictedImage(float[] Pixels, int Rows, int Columns, string Truth, string Prediction, double Confidence)
{
    public bool IsRight => Prediction == Truth;
}
