using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>A model remembers what its features are called, and finds them by name.</summary>
[TestClass]
public class FeatureNameTests
{
    private static readonly string[] s_names = ["a1", "a2", "b1", "b2", "c1", "c2", "dark"];
    private static readonly int[] s_asTrained = [0, 1, 2, 3, 4, 5, 6], s_turned = [6, 2, 0, 5, 4, 3, 1];
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly Lazy<SpikingNetworkTransformer> s_named = new(() => Trainer(Toy.Able).Fit(Named(s_asTrained)));

    [TestMethod]
    public void They_are_the_slot_names_of_training_and_survive_saving()
    {
        CollectionAssert.AreEqual(s_names, s_named.Value.Model.FeatureNames);
        CollectionAssert.AreEqual(s_names, Reloaded(Named(s_asTrained)).Model.FeatureNames);
        Assert.IsTrue(Toy.Trained.Model.FeatureNames.IsEmpty);
    }

    [TestMethod]
    public void Features_in_another_order_are_found_by_their_names_in_a_loaded_model_too()
    {
        string[] expected = Scores(s_named.Value, Named(s_asTrained));

        CollectionAssert.AreEqual(expected, Scores(s_named.Value, Named(s_turned)));
        CollectionAssert.AreEqual(expected, Scores(Reloaded(Named(s_asTrained)), Named(s_turned)));
    }

    [TestMethod]
    public void Features_without_names_go_by_their_places()
    {
        string[] expected = Scores(s_named.Value, Named(s_asTrained));
        CollectionAssert.AreEqual(expected, Scores(s_named.Value, Toy.Data(s_ml)));
        CollectionAssert.AreEqual(Scores(Toy.Trained, Toy.Data(s_ml)), Scores(Toy.Trained, Named(s_asTrained)), "nor does a network that knows no names look for any");

        using var engine = s_ml.Model.CreatePredictionEngine<Sample, Prediction>(s_named.Value, new PredictionEngineOptions { OwnsTransformer = false });
        CollectionAssert.AreEqual(expected, Toy.Samples(24).Select(sample => string.Join(' ', engine.Predict(sample).Score)).ToArray());
    }

    [TestMethod]
    [DataRow("a1", "a1", "b1", "b2", "c1", "c2", "dark", DisplayName = "one is there twice")]
    [DataRow("a2", " ", "b1", "b2", "c1", "c2", "dark", DisplayName = "one is empty")]
    public void Names_that_tell_no_feature_from_another_are_none(params string[] names)
    {
        CollectionAssert.AreEqual(Scores(s_named.Value, Named(s_asTrained)), Scores(s_named.Value, Named(s_asTrained, names)));
        Assert.IsTrue(Trainer(Toy.Options).Fit(Named(s_asTrained, names)).Model.FeatureNames.IsEmpty);
    }

    [TestMethod]
    public void A_name_that_the_network_does_not_know_is_refused()
    {
        IDataView other = Named(s_turned, ["a1", "a2", "b1", "b2", "c1", "c3", "dark"]);
        const string sentence = "'Features' has a feature 'c3', but the network was trained on 'a1', 'a2', 'b1', 'b2', 'c1', 'c2' and 1 more; "
            + "give it those, in any order, or a column without SlotNames to go by place. [SPK1002]";

        foreach (Action act in (Action[])[
            () => s_named.Value.Transform(other), () => s_named.Value.GetOutputSchema(other.Schema), () => ((ITransformer)s_named.Value).GetRowToRowMapper(other.Schema),
            () => Trainer(Toy.Options with { ValidationSet = other }).Fit(Named(s_asTrained)), () => s_ml.Transforms.SpikingFeatures("Rates", "Features", s_named.Value.Model).Fit(other)])
            Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(act).Message);
    }

    [TestMethod]
    public void A_validation_set_in_another_order_is_measured_as_what_it_is()
    {
        double?[] Measured(int[] order) => [.. Trainer(Toy.Able with { ValidationSet = Named(order) }).Fit(Named(s_asTrained)).Model.Training.History.Select(epoch => epoch.ValidationAccuracy)];

        CollectionAssert.AreEqual(Measured(s_asTrained), Measured(s_turned));
        Assert.AreEqual(1, Measured(s_turned)[^1]);
    }

    [TestMethod]
    public void Of_a_trained_networks_spike_rates_as_well()
    {
        float[][] Rates(int[] order) => Views.Vectors(s_ml.Transforms.SpikingFeatures("Rates", "Features", s_named.Value.Model).Fit(Named(order)).Transform(Named(order)), "Rates");

        CollectionAssert.AreEqual(Rates(s_asTrained)[1], Rates(s_turned)[1]);
    }

    [TestMethod]
    public void The_entries_of_a_spike_train_have_names_too()
    {
        SpikingNetworkTransformer model = Trainer(Toy.Options).Fit(Trains([0, 1, 2, 3, 4, 5]));

        string[] expected = Scores(model, Trains([0, 1, 2, 3, 4, 5]));

        Assert.HasCount(3, expected.Distinct().ToArray());
        CollectionAssert.AreEqual(expected, Scores(model, Trains([5, 3, 0, 1, 4, 2])));
    }

    [TestMethod]
    public void A_model_of_an_older_version_knows_no_names()
    {
        byte[] file = ModelZip.With(ModelZip.Save(s_ml, s_named.Value, Named(s_asTrained).Schema), "Outline.json", bytes =>
        {
            var outline = System.Text.Json.Nodes.JsonNode.Parse(bytes)!.AsObject();
            Assert.IsTrue(outline.Remove("FeatureNames"));
            return System.Text.Encoding.UTF8.GetBytes(outline.ToJsonString());
        });

        Assert.IsTrue(((SpikingNetworkTransformer)ModelZip.Load(file)).Model.FeatureNames.IsEmpty);
    }

    [TestMethod]
    public void A_training_is_not_taken_up_on_features_in_another_order()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("names");
        string path = Path.Combine(folder.FullName, "training.ckpt");
        Trainer(Toy.Options with { CheckpointPath = path }).Fit(Named(s_asTrained));

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Trainer(Toy.Options with { ResumeFrom = path }).Fit(Named(s_turned)));

        StringAssert.Contains(refusal.Message, "was trained on a feature 'a1' where these have 'dark'; resume it on the data that it was trained on.");
        folder.Delete(recursive: true);
    }

    private static SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => s_ml.MulticlassClassification.Trainers.SpikingNetwork(options);

    private static SpikingNetworkTransformer Reloaded(IDataView data) => (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(s_ml, s_named.Value, data.Schema, out _);

    private static string[] Scores(SpikingNetworkTransformer model, IDataView data) => [.. Views.Vectors(model.Transform(data), "Score").Select(scores => string.Join(' ', scores))];

    private static IDataView Named(int[] order) => Named(order, s_names);

    /// <summary>The toy's rows, each feature under its name, in some order.</summary>
    private static IDataView Named(int[] order, string[] names)
    {
        Sample[] samples = Toy.Samples(24);
        foreach (Sample sample in samples) sample.Features = [.. order.Select(i => sample.Features[i])];
        return Keyed(samples, [.. order.Select(i => names[i])]);
    }

    /// <summary>Spike trains of three steps and two inputs, of which each class has another.</summary>
    private static IDataView Trains(int[] order) => Keyed(
        Enumerable.Range(0, 12).Select(row => new Train { Class = "abc"[row % 3].ToString(), Features = [.. order.Select(i => i / 2 == row % 3)] }), [.. order.Select(i => $"t{i / 2}x{i % 2}")]);

    private static IDataView Keyed<T>(IEnumerable<T> rows, string[] names) where T : class
    {
        var definition = SchemaDefinition.Create(typeof(T));
        definition["Features"].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        IDataView data = s_ml.Data.LoadFromEnumerable(rows, definition);
        return s_ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
    }

    private sealed class Train
    {
        public string Class { get; set; } = "";

        [VectorType(3, 2)]
        public bool[] Features { get; set; } = [];
    }
}
