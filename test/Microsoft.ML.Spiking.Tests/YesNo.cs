using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The toy's rows, asked whether they are of class a: one in three is.</summary>
internal static class YesNo
{
    private static readonly Lazy<SpikingNetworkTransformer> s_trained = new(() =>
    {
        var ml = new MLContext(seed: 1);
        return ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Able).Fit(Data(ml));
    });

    /// <summary>Trained by <see cref="Toy.Able"/>, once for all tests: it is immutable.</summary>
    public static SpikingNetworkTransformer Trained => s_trained.Value;

    public static Question[] Questions(int rows) => [.. Toy.Samples(rows).Select(sample => new Question { Id = sample.Id, Label = sample.Class == "a", Features = sample.Features })];

    public static IDataView Data(MLContext ml, int rows = 24) => ml.Data.LoadFromEnumerable(Questions(rows));
}

internal sealed class Question
{
    public int Id { get; set; }

    public bool Label { get; set; }

    [VectorType(Toy.Inputs)]
    public float[] Features { get; set; } = [];
}

internal sealed class Answer
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }

    public float[] SpikeRate { get; set; } = [];
}
