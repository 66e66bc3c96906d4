using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What a PredictionEngine is given.</summary>
internal sealed class DigitImage
{
    /// <summary>Intensities, 0 to 1.</summary>
    [VectorType(28, 28)]
    public float[] Features { get; set; } = [];
}
