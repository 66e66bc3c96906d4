namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Trains for a moment: enough for a model whose speed is measured, which does not depend on what it has learnt.</summary>
internal static class BriefTraining
{
    public const int Rows = 5000;
    private const int Batches = 20;

    public static SpikingNetworkTransformer Of(MLContext ml, SpikingNetworkOptions options)
        => ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Batches = Batches, Seed = 1 }).Fit(ml.Data.TakeRows(Digits.Training(ml), Rows));

    /// <summary>ML.NET's linear classifier on the same rows.</summary>
    public static ITransformer Linear(MLContext ml)
        => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5).Fit(ml.Data.TakeRows(Digits.Training(ml), Rows));
}
