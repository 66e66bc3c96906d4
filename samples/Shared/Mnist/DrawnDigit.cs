using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A drawn digit as a row of data.</summary>
internal sealed class DrawnDigit
{
    /// <summary>[row, column], 0 to 1.</summary>
    [VectorType(DrawnDigits.Size, DrawnDigits.Size)]
    public float[] Features { get; set; } = [];

    /// <summary>The digit: ML.NET makes the key of it, which counts from 1.</summary>
    [KeyType(10)]
    public uint Label { get; set; }
}
