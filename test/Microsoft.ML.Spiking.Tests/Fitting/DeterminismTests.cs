using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>The same seed and data give the same model to the byte, but for the entry that says when and where.</summary>
[TestClass]
public class DeterminismTests
{
    [TestMethod]
    public void One_estimator_trains_the_same_model_again()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTrainer trainer = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able);

        Same(Entries(ml, trainer, Toy.Data(ml)), Entries(ml, trainer, Toy.Data(ml)));
    }

    [TestMethod]
    public void Two_contexts_of_one_seed_train_the_same_model()
    {
        Dictionary<string, byte[]> Fit(int seed)
        {
            var ml = new MLContext(seed);
            return Entries(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Seed = null }), Toy.Data(ml));
        }

        Same(Fit(5), Fit(5));
        Differ(Fit(5), Fit(6));
    }

    [TestMethod]
    public void The_options_seed_goes_before_the_contexts()
    {
        Dictionary<string, byte[]> Fit(int context, int seed)
        {
            var ml = new MLContext(context);
            return Entries(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Seed = seed }), Toy.Data(ml));
        }

        Same(Fit(1, seed: 3), Fit(2, seed: 3));
        Differ(Fit(1, seed: 3), Fit(1, seed: 4));
    }

    [TestMethod]
    public void Products_of_real_size_are_repeated_to_the_bit()
    {
        var ml = new MLContext(seed: 1);
        var random = CounterRandom.FromSeed(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(row => new Wide
        {
            Label = (uint)row % 10,
            Features = [.. Enumerable.Range(0, 64).Select(i => (float)random.Uniform((ulong)(row * 64 + i)))],
        }).ToArray());
        SpikingNetworkTrainer trainer = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Readout = new Readout { HiddenUnits = 256 },
                Layers =
                [
                    new ColumnLayer
                    {
                        Columns = 32,
                        NeuronsPerColumn = 128,
                    },
                ],
            },
            BatchSize = 100,
            Batches = 10,
            Seed = 1,
            Device = TrainingDevice.Cpu,
        });

        Dictionary<string, byte[]> first = Entries(ml, trainer, data);
        Same(first, Entries(ml, trainer, data));
        Same(first, Entries(ml, trainer, data));
    }

    private static Dictionary<string, byte[]> Entries(MLContext ml, SpikingNetworkTrainer trainer, IDataView data)
        => ModelZip.Entries(ModelZip.Save(ml, trainer.Fit(data), data.Schema));

    private static void Same(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        CollectionAssert.AreEqual(expected.Keys.ToArray(), actual.Keys.ToArray());
        foreach (string name in (string[])["Weights.safetensors", "Network.json", "Outline.json", "Training.json", "Provenance.json", "Model.key"])
            Assert.HasCount(1, expected.Keys.Where(path => path.EndsWith(name, StringComparison.Ordinal)).ToArray(), name);
        foreach (string path in expected.Keys.Where(path => !path.EndsWith("Provenance.json", StringComparison.Ordinal)))
            Assert.IsTrue(expected[path].AsSpan().SequenceEqual(actual[path]), $"{path}: {Differences(expected[path], actual[path])} of {expected[path].Length} bytes differ");
    }

    private static void Differ(Dictionary<string, byte[]> one, Dictionary<string, byte[]> other)
    {
        string path = one.Keys.Single(path => path.EndsWith("Weights.safetensors", StringComparison.Ordinal));
        Assert.IsGreaterThan(one[path].Length / 10, Differences(one[path], other[path]));
    }

    private static int Differences(byte[] one, byte[] other) => one.Zip(other).Count(pair => pair.First != pair.Second);

    private sealed class Wide
    {
        [KeyType(10)]
        public uint Label { get; set; }

        [VectorType(64)]
        public float[] Features { get; set; } = [];
    }
}
