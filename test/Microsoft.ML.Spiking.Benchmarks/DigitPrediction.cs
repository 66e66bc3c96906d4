namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What a PredictionEngine answers.</summary>
internal sealed class DigitPrediction
{
    /// <summary>The class's key, from 1.</summary>
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}
