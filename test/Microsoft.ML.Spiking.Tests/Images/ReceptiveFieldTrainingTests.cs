namespace Microsoft.ML.Spiking.Tests.Images;

/// <summary>What a column does not see has no weight, before training and after it.</summary>
[TestClass]
public class ReceptiveFieldTrainingTests
{
    private static readonly SpikingNetworkOptions s_options = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { NeuronsPerColumn = 20, ReceptiveField = new ReceptiveField { Height = 3, Width = 1 } }) };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Learning => [[new Surrogate()], [new Reservoir()]];

    [TestMethod]
    [DynamicData(nameof(Learning))]
    public void Weights_outside_a_columns_patch_are_nothing_to_the_last_bit(ColumnLearning learning)
    {
        SpikingModel model = Train(s_options with { Network = s_options.Network.EachLayer(layer => layer with { Learning = learning }) }).Model;

        // Four patches of three of seven pixels.
        CollectionAssert.AreEqual((int[])[0, 1, 3, 4], Enumerable.Range(0, 4).Select(column => model.FieldOf(column)!.Value.Top).ToArray());
        for (int i = 0; i < model.Layers[0].InputWeights.Length; i++)
        {
            int column = i / (20 * Toy.Inputs), pixel = i % Toy.Inputs;
            bool seen = model.FieldOf(column)!.Value.Contains((pixel, 0));
            Assert.AreEqual(seen, model.Layers[0].InputWeights[i] != 0, $"column {column}, pixel {pixel}");
        }
    }

    [TestMethod]
    public void Weights_are_as_large_as_the_patch_is_small()
    {
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 500, ReceptiveField = new ReceptiveField { Height = 3, Width = 1 }, ExcitatoryFraction = 1, ExcitatoryGain = 1 }] } };
        ReceptiveFields fields = ReceptiveFields.Of(options.Network.ColumnLayers[0], InputShape.Intensities(Toy.Inputs, 1))!;

        float[] weights = [.. ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Toy.Inputs, seed: 1, fields).Where(weight => weight != 0)];

        Assert.HasCount(4 * 500 * 3, weights);
        // √(2/3) = 0.816, measured within a deviation of 0.0075.
        Assert.AreEqual(Math.Sqrt(2.0 / 3), Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.03);
    }

    [TestMethod]
    public void A_saved_model_knows_its_fields()
    {
        SpikingNetworkTransformer model = Train(s_options);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, Pictures.View(_ml).Schema, out _);

        Assert.AreEqual(new ImagePatch(4, 0, 3, 1), loaded.Model.FieldOf(3));
        Assert.IsNull(Toy.Trained.Model.FieldOf(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => loaded.Model.FieldOf(4));
    }

    [TestMethod]
    public void What_is_no_image_has_no_patches()
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(s_options).Fit(Toy.Data(_ml)));
        StringAssert.Contains(refusal.Message, "expected an image, Vector<Single, [height, width]>");
    }

    [TestMethod]
    public void Patches_that_leave_pixels_unseen_are_refused()
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Train(s_options with { Network = s_options.Network.EachLayer(layer => layer with { ReceptiveField = new ReceptiveField { Height = 1, Width = 1 } }) }));
        Assert.AreEqual("ReceptiveField is 1 by 1 pixels, and 4 Columns are too few to cover an image of 7 by 1; make it larger, or Columns at least 7. [SPK1002]", refusal.Message);
    }

    private SpikingNetworkTransformer Train(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Pictures.View(_ml));
}
