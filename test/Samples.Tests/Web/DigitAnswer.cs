namespace Microsoft.ML.Spiking.Samples.Tests.Web;

internal sealed class DigitAnswer
{
    public string PredictedClass { get; set; } = "";

    public float[] Score { get; set; } = [];

    public float[] SpikeRate { get; set; } = [];
}
