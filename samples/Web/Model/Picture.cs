namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>What the network is shown: pixels row by row, 0 to 1.</summary>
internal sealed class Picture
{
    public float[] Pixels { get; set; } = [];
}
