using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Samples;

[TestClass]
public class RareClassTests
{
    private static readonly SpikingNetworkOptions s_options = Toy.Options with
    {
        Network = Toy.Options.Network with
        {
            TimeSteps = 8,
            Code = new DirectCode(),
        },
        BatchSize = 128,
        Batches = 150,
        Optimiser = new AdamW { LearningRate = 0.01, GradientNormLimit = 5 },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Balanced_weights_find_most_of_a_class_of_two_per_cent_which_goes_unnoticed_without()
    {
        Assert.IsLessThan(12, Found(null).Rare);
        var (found, mistaken) = Found(ClassWeights.Balanced);

        Assert.IsGreaterThan(24, found, "of 36");
        Assert.IsLessThan(0.2, mistaken / 1764);
    }

    [TestMethod]
    public void Weights_of_the_rows_do_what_weights_of_their_classes_do()
    {
        SpikingNetworkOptions brief = s_options with { Batches = 5 };
        IDataView data = RareClass.Keyed(_ml, RareClass.Cases(300, seed: 1));
        IDataView weighed = _ml.Transforms.CustomMapping<Case, RowWeight>((row, weight) => weight.Weight = row.Rare ? 25 : 1, null).Fit(data).Transform(data);

        CollectionAssert.AreEqual(
            _ml.MulticlassClassification.Trainers.SpikingNetwork(brief with { ClassWeights = ClassWeights.Of(("True", 25)) }).Fit(data).Model.OutputWeights,
            _ml.MulticlassClassification.Trainers.SpikingNetwork(brief with { ExampleWeightColumnName = "Weight" }).Fit(weighed).Model.OutputWeights);
    }

    /// <returns>Rare rows that were found, of 36, and common ones that were taken for rare, of 1,764.</returns>
    private (double Rare, double Common) Found(ClassWeights? weights)
    {
        IDataView training = RareClass.Keyed(_ml, RareClass.Cases(2000, seed: 1)), unseen = RareClass.Keyed(_ml, RareClass.Cases(1800, seed: 101));
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options with { ClassWeights = weights }).Fit(training);
        ConfusionMatrix table = _ml.MulticlassClassification.Evaluate(model.Transform(unseen)).ConfusionMatrix;
        return (table.Counts[1][1], table.Counts[0][1]);
    }

    private sealed class RowWeight
    {
        public float Weight { get; set; }
    }
}
