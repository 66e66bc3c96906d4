using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

internal sealed class DigitRow
{
    [VectorType(28, 28)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";
}
