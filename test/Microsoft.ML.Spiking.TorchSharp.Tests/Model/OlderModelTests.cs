using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>A model that an older version saved has no members that came later: they are as by default.</summary>
[TestClass]
public class OlderModelTests
{
    private static readonly SpikingNetworkOptions s_stored = Toy.Options with
    {
        Updates = 1,
        Modulation = 0.3,
        Code = new SigmoidCode { MaximumProbability = 0.7, InputScale = 0.9, Mean = 0.25, Deviation = 0.5 },
        Evaluation = new DeterministicCode { Fraction = 0.3, MinimumProbability = 0.2 },
        Learning = new Surrogate { Gradient = new FastSigmoid { Slope = 7 } },
        Excitatory = new LifNeuron { Threshold = 3 },
        Optimiser = new AdamW { LearningRate = 0.02, NeuronFactor = 5 },
        Stdp = null,
        StructuralPlasticity = null,
    };

    private static readonly Lazy<byte[]> s_file = new(() =>
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Toy.Data(ml);
        return ModelZip.Save(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(s_stored).Fit(data), data.Schema);
    });

    [TestMethod]
    public void What_is_there_is_read_as_it_stands()
        => Assert.AreEqual(s_stored, Load("Options.json", _ => { }).Options);

    [TestMethod]
    public void A_member_of_the_network_is_the_networks_default()
        => Assert.AreEqual(s_stored with { Modulation = 0.1, Columns = 4, ProgressInterval = 100, Homeostasis = new SpikingNetworkOptions().Homeostasis },
            Load("Options.json", options => Remove(options, "Modulation", "ProgressInterval", "Homeostasis")).Options);

    [TestMethod]
    public void A_rule_that_is_null_stays_off()
        => Assert.IsNull(Load("Options.json", options => Remove(options, "Modulation")).Options.Stdp);

    [TestMethod]
    public void A_member_of_a_rule_is_the_rules_own_default()
        => Assert.AreEqual(new AdamW { LearningRate = 0.02 }, Load("Options.json", options => Remove(options["Optimiser"], "NeuronFactor", "Beta2", "Epsilon")).Options.Optimiser);

    [TestMethod]
    public void A_member_of_a_code_is_the_default_of_the_code_that_is_stored()
    {
        SpikingNetworkOptions options = Load("Options.json", options =>
        {
            Remove(options["Code"], "MaximumProbability", "Mean");
            Remove(options["Evaluation"], "Fraction");
        }).Options;

        Assert.AreEqual(new SigmoidCode { MaximumProbability = 0.5, InputScale = 0.9, Mean = null, Deviation = 0.5 }, options.Code);
        Assert.AreEqual(new DeterministicCode { Fraction = 0.1, MinimumProbability = 0.2 }, options.Evaluation);
    }

    [TestMethod]
    public void A_record_within_a_rule_is_filled_in_too()
        => Assert.AreEqual(new Surrogate { Gradient = new FastSigmoid() }, Load("Options.json", options =>
        {
            Remove(options["Learning"]!["Gradient"], "Slope");
            Remove(options["Learning"], "Reset", "Neurons");
        }).Options.Learning);

    [TestMethod]
    public void Options_with_nothing_but_what_shapes_the_arrays_are_the_default_networks()
    {
        var shape = new SpikingNetworkOptions { Columns = 4, NeuronsPerColumn = 16, Code = new SigmoidCode(), Readout = new Readout { HiddenUnits = 16 }, Wiring = new WattsStrogatz { Neighbours = 2 } };

        Assert.AreEqual(shape, Load("Options.json", options =>
        {
            foreach (string name in options.Select(member => member.Key).Except(["Columns", "NeuronsPerColumn", "Code", "Readout", "Wiring"]).ToArray()) options.Remove(name);
            Remove(options["Code"], "MaximumProbability", "InputScale", "Mean", "Deviation");
            Remove(options["Readout"], "Dropout");
            Remove(options["Wiring"], "RewiringProbability");
        }).Options);
    }

    [TestMethod]
    public void A_journal_that_was_not_kept_is_empty()
        => Assert.IsEmpty(Load("Training.json", training => Remove(training, "Journal")).Training.Journal);

    [TestMethod]
    [DataRow("Options.json", "Code", "$type", "discriminator")]
    [DataRow("Outline.json", null, "TargetRate", "'TargetRate'")]
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

    private static void Remove(JsonNode? record, params string[] members)
    {
        foreach (string name in members) Assert.IsTrue(record!.AsObject().Remove(name), name);
    }
}
