using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>A model that an older version saved has no members that came later: they are as by default.</summary>
[TestClass]
public class OlderModelTests
{
    private const string Network = "Network.json";

    private static readonly SpikingNetworkOptions s_stored = Toy.Options with
    {
        Network = Toy.Options.Network.EachLayer(layer => layer with
        {
            Modulation = 0.3,
            Learning = new Surrogate { Gradient = new FastSigmoid { Slope = 7 } },
            Excitatory = new LifNeuron { Threshold = 3 },
            Plasticity = null,
            StructuralPlasticity = null,
        }) with
        {
            Code = new SigmoidCode { MaximumProbability = 0.7, InputScale = 0.9, Mean = 0.25, Deviation = 0.5 },
            EvaluationCode = new DeterministicCode { Fraction = 0.3, MinimumProbability = 0.2 },
        },
        Batches = 1,
        Optimiser = new AdamW { LearningRate = 0.02, NeuronFactor = 5 },
    };

    private static readonly Lazy<byte[]> s_file = new(() =>
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Toy.Data(ml);
        return ModelZip.Save(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(s_stored).Fit(data), data.Schema);
    });

    [TestMethod]
    public void What_is_there_is_read_as_it_stands()
    {
        Assert.AreEqual(s_stored.Network, Load(Network, _ => { }).Network);
        Assert.AreEqual(s_stored.Recipe, Load(Network, _ => { }).Training.Recipe! with { BatchSize = s_stored.BatchSize });
    }

    [TestMethod]
    public void A_member_of_a_layer_is_the_layers_default()
        => Assert.AreEqual(s_stored.Network.EachLayer(layer => layer with { Modulation = 0.1, Columns = 4, Homeostasis = new ColumnLayer().Homeostasis }),
            Load(Network, network => Remove(Layer(network), "Modulation", "Homeostasis")).Network);

    [TestMethod]
    public void A_rule_that_is_null_stays_off()
        => Assert.IsNull(Load(Network, network => Remove(Layer(network), "Modulation")).Network.ColumnLayers[0].Plasticity);

    [TestMethod]
    public void A_member_of_a_rule_is_the_rules_own_default()
        => Assert.AreEqual(new AdamW { LearningRate = 0.02 },
            Load("Training.json", training => Remove(training["Recipe"]!["Optimiser"], "NeuronFactor", "Beta2", "Epsilon")).Training.Recipe!.Optimiser);

    [TestMethod]
    public void A_member_of_a_code_is_the_default_of_the_code_that_is_stored()
    {
        SpikingNetwork network = Load(Network, stored =>
        {
            Remove(stored["Code"], "MaximumProbability", "Mean");
            Remove(stored["EvaluationCode"], "Fraction");
        }).Network;

        Assert.AreEqual(new SigmoidCode { MaximumProbability = 0.5, InputScale = 0.9, Mean = null, Deviation = 0.5 }, network.Code);
        Assert.AreEqual(new DeterministicCode { Fraction = 0.1, MinimumProbability = 0.2 }, network.EvaluationCode);
    }

    [TestMethod]
    public void A_record_within_a_rule_is_filled_in_too()
        => Assert.AreEqual(new Surrogate { Gradient = new FastSigmoid() }, Load(Network, network =>
        {
            Remove(Layer(network)["Learning"]!["Gradient"], "Slope");
            Remove(Layer(network)["Learning"], "Reset", "Neurons");
        }).Network.Layers[0].Learning);

    [TestMethod]
    public void A_network_with_nothing_but_what_shapes_the_arrays_is_the_default_one()
    {
        var shape = new SpikingNetwork
        {
            Code = new SigmoidCode(),
            Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16, Wiring = new WattsStrogatz { Neighbours = 2 } }],
            Readout = new Readout { HiddenUnits = 16 },
        };

        Assert.AreEqual(shape, Load(Network, network =>
        {
            foreach (string name in network.Select(member => member.Key).Except(["Code", "Readout", "Layers"]).ToArray()) network.Remove(name);
            JsonObject layer = Layer(network);
            foreach (string name in layer.Select(member => member.Key).Except(["$type", "Columns", "NeuronsPerColumn", "Wiring"]).ToArray()) layer.Remove(name);
            Remove(network["Code"], "MaximumProbability", "InputScale", "Mean", "Deviation");
            Remove(network["Readout"], "Dropout");
            Remove(layer["Wiring"], "RewiringProbability");
        }).Network);
    }

    [TestMethod]
    [DataRow((byte)1, "The model is of format 1.1, from before the first release, but this version reads format 1.2; train it anew")]
    [DataRow((byte)3, "The model is of format 1.3, but this version reads format 1.2; update the package")]
    public void A_model_of_another_format_is_refused_with_both_formats(byte minor, string sentence)
    {
        // After the network's signature come the format that it is of, and the oldest that can read it.
        byte[] other = ModelZip.With(s_file.Value, "Model.key", bytes =>
        {
            bytes[0x48] = bytes[0x4c] = minor;
            return bytes;
        });
        Exception refusal = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(other)).GetBaseException();

        StringAssert.StartsWith(refusal.Message, sentence);
        Assert.IsInstanceOfType<InvalidDataException>(refusal);
    }

    [TestMethod]
    public void A_journal_that_was_not_kept_is_empty()
        => Assert.IsEmpty(Load("Training.json", training => Remove(training, "Journal")).Training.Journal);

    [TestMethod]
    [DataRow("Network.json", "Code", "$type", "discriminator")]
    [DataRow("Outline.json", null, "TargetRates", "'TargetRates'")]
    [DataRow("Outline.json", null, "Scales", "'Scales'")]
    [DataRow("Training.json", null, "History", "'History'")]
    [DataRow("Provenance.json", null, "Torch", "'Torch'")]
    public void What_has_no_default_is_missed(string entry, string? record, string member, string words)
    {
        Exception refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Load(entry, root => Remove(record is null ? root : root[record], member)));

        while (refusal.InnerException is not null && !refusal.Message.Contains(entry, StringComparison.Ordinal)) refusal = refusal.InnerException;
        StringAssert.StartsWith(refusal.Message, $"The model's entry '{entry}' is damaged: ");
        StringAssert.Contains(refusal.Message, words);
    }

    private static SpikingModel Load(string entry, Action<JsonObject> change) => ((SpikingNetworkTransformer)ModelZip.Load(ModelZip.With(s_file.Value, entry, bytes =>
    {
        JsonObject stored = JsonNode.Parse(bytes)!.AsObject();
        change(stored);
        return System.Text.Encoding.UTF8.GetBytes(stored.ToJsonString());
    }))).Model;

    private static JsonObject Layer(JsonObject network) => network["Layers"]![0]!.AsObject();

    private static void Remove(JsonNode? record, params string[] members)
    {
        foreach (string name in members) Assert.IsTrue(record!.AsObject().Remove(name), name);
    }
}
