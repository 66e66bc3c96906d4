namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>What the network takes an image for.</summary>
internal sealed class DigitPrediction
{
    public string PredictedClass { get; set; } = "";

    public float[] Score { get; set; } = [];
}
