namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>What the studies are called on the command line.</summary>
internal static class Studies
{
    public const string Digits = "digits", Rhythms = "rhythms", Drift = "drift", Thrift = "thrift", Gap = "gap", Labels = "labels", Lesions = "lesions";

    public static string[] Names { get; } = [Digits, Rhythms, Drift, Thrift, Gap, Labels, Lesions];
}
