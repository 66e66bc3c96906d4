namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>What the network says: the class's key, from 1, and the probability of each class.</summary>
internal sealed class Verdict
{
    public uint Label { get; set; }

    public float[] Score { get; set; } = [];
}
