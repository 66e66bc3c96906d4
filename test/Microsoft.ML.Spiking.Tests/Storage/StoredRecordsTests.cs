using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Tests.Storage;

/// <summary>The short cut past the serialiser reads what the serialiser reads, or nothing.</summary>
[TestClass]
public class StoredRecordsTests
{
    private static readonly ColumnLayer s_layer = new()
    {
        ReceptiveField = new ReceptiveField(),
        Wiring = new WattsStrogatz(),
        StructuralPlasticity = new StructuralPlasticity { WeakWeight = 0.25 },
    };

    private static readonly SpikingNetwork s_network = new() { Code = new SigmoidCode { Mean = 0.5, Deviation = 0.25 }, Layers = [s_layer] };

    private static readonly TrainingRecord s_training = new()
    {
        History =
        [
            new EpochRecord(1, 2.5, 0.5, 0.75, 0.125, 0.5, 1e-3) { Clustering = 0.3, PathLength = 1.5, Formed = 2, Pruned = 3, StdpShare = 0.1, DeadColumns = 4, SaturatedColumns = 5 },
            new EpochRecord(2, 1.5, 0.5, null, 0.125, 0.5, 1e-3),
        ],
        Journal = [new StructuralChange(7, 1, 2, StructuralChangeKind.Formed, (StructuralReason)1, 0.1f, 0.2f, float.NegativeInfinity) { Layer = 1 }],
        Recipe = new TrainingRecipe { Augmentation = new ImageAugmentation { Elastic = new ElasticDistortion() }, ClassWeights = ClassWeights.Balanced, SpikeBudget = new SpikeBudget(), Epochs = 3, Batches = 4, BatchSize = 5 },
        Seed = -1,
        Rows = 3_000_000_000,
        BestEpoch = 2,
        Batches = 9,
        ValidationAccuracy = 0.5,
        SpikeRate = 0.125,
    };

    public static IEnumerable<object[]> Entries =>
    [
        .. Networks().Select(network => Entry("Network.json", network, SpikingJson.Default.SpikingNetwork)),
        Entry("Outline.json", new ModelOutline(ColumnNames.Default, [28, 28], false, 10, 1, [0.05f, 1], ["a", "ß\"\\"], float.PositiveInfinity), SpikingJson.Default.ModelOutline),
        Entry("Outline.json", new ModelOutline(ColumnNames.Default with { Cost = "Cost" }, [5, 2], true, 0, 2, [0.05f]), SpikingJson.Default.ModelOutline),
        Entry("Training.json", s_training, SpikingJson.Default.TrainingRecord),
        Entry("Training.json", s_training with { Journal = [], Recipe = null, BestEpoch = null, ValidationAccuracy = null }, SpikingJson.Default.TrainingRecord),
        Entry("Provenance.json", new TrainingProvenance(new DateTimeOffset(2024, 2, 29, 1, 2, 3, 450, TimeSpan.FromHours(-3.5)), TimeSpan.FromDays(1.7), "CPU", "0.1+é\"", ".NET", "2.7"), SpikingJson.Default.TrainingProvenance),
        Entry("Provenance.json", new TrainingProvenance(DateTimeOffset.UnixEpoch, TimeSpan.Zero, "", "", "", null), SpikingJson.Default.TrainingProvenance),
    ];

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void Every_member_of_every_record_takes_the_short_cut(string entry, string json)
    {
        Assert.AreEqual(json, Quick(entry, json), "A record, or a member of one, that StoredRecords does not know is read slowly; add it there.");
        foreach (string varied in Varied(json)) Assert.AreEqual(Slow(entry, varied), Quick(entry, varied) ?? "", varied);
    }

    [TestMethod]
    [DynamicData(nameof(Entries))]
    public void What_is_left_out_or_is_something_else_is_read_alike_or_left_to_the_serialiser(string entry, string json)
    {
        int alike = 0, left = 0;
        foreach (string changed in Damaged(json))
        {
            if (Quick(entry, changed) is { } quick)
            {
                Assert.AreEqual(Slow(entry, changed), quick, changed);
                alike++;
            }
            else
            {
                left++;
            }
        }
        Assert.IsGreaterThan(0, left);
        if (entry == "Network.json") Assert.IsGreaterThan(0, alike);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{} {}")]
    [DataRow("{\"TimeSteps\":8")]
    [DataRow("{\"TimeSteps\":8,}")]
    [DataRow("{\"TimeSteps\":8,\"TimeSteps\":9}")]
    [DataRow("{\"TimeSteps\":8.5}")]
    [DataRow("{\"TimeSteps\":99999999999}")]
    [DataRow("{\"timeSteps\":8}")]
    [DataRow("{\"Later\":8}")]
    [DataRow("{\"Scaling\":1}")]
    [DataRow("{\"Scaling\":\"shared\"}")]
    [DataRow("{\"Code\":{\"MaximumProbability\":1,\"$type\":\"rate\"}}")]
    [DataRow("{\"Code\":{\"$type\":\"rate\",\"MaximumProbability\":\"1\"}}")]
    [DataRow("{\"Readout\":{\"$type\":\"rate\"}}")]
    [DataRow("\uFEFF{}")]
    public void What_is_odd_is_left_to_the_serialiser(string json) => Assert.IsNull(StoredRecords.Network(System.Text.Encoding.UTF8.GetBytes(json)));

    private static IEnumerable<SpikingNetwork> Networks() =>
    [
        s_network,
        s_network with { Code = null, Layers = [s_layer, new ColumnLayer { Plasticity = null, Homeostasis = null, StructuralPlasticity = null }] },
        SpikingNetworkOptions.Reference.Network,
        s_network with { Layers = [new ConvolutionLayer { Delays = [0, 2], Learning = new Reservoir() }, s_layer] },
        s_network with { Layers = [new ConvolutionLayer { Normalisation = new CurrentNormalisation { Scale = 2, Momentum = 0.4 } }, s_layer] },
        .. Members<SpikeCode>().Select(code => s_network with { Code = code }),
        .. Members<EvaluationCode>().Select(code => s_network with { EvaluationCode = code }),
        .. Members<Neuron>().Select(neuron => s_network with { Layers = [s_layer with { Excitatory = neuron, Inhibitory = new LifNeuron { Threshold = float.PositiveInfinity } }] }),
        .. Members<ColumnLearning>().Select(learning => s_network with { Layers = [s_layer with { Learning = learning }] }),
        .. Members<SurrogateGradient>().Select(gradient => s_network with { Layers = [s_layer with { Learning = new Surrogate { Gradient = gradient } }] }),
        .. Members<PlasticityRule>().Select(rule => s_network with { Layers = [s_layer with { Plasticity = rule }] }),
    ];

    private static IEnumerable<T> Members<T>()
        => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(member => (T)Activator.CreateInstance(member.DerivedType)!);

    private static object[] Entry<T>(string entry, T value, JsonTypeInfo<T> type) => [entry, JsonSerializer.Serialize(value, type)];

    /// <summary>Each number is another once, and each name of a choice the others.</summary>
    private static IEnumerable<string> Varied(string json) => Changed(json, (name, value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => [value.ToJsonString().Contains('.') || value.ToJsonString().Contains('E') ? 0.1 + value.GetValue<double>() : 1 + value.GetValue<long>()],
        JsonValueKind.String when Named(name) is { } type => [.. Enum.GetNames(type).Select(choice => (JsonNode)choice)],
        _ => [],
    });

    private static Type? Named(string member) => member switch
    {
        "Scaling" => typeof(FeatureScaling),
        "Reset" => typeof(ResetGradient),
        "Neurons" => typeof(NeuronLearning),
        "Layers" => typeof(ReadLayers),
        "End" => typeof(TrainingEnd),
        "Kind" => typeof(StructuralChangeKind),
        "Why" => typeof(StructuralReason),
        _ => null,
    };

    /// <summary>Each member once is absent, null, a number that is not whole, a text, a truth, an empty list, an empty record.</summary>
    private static IEnumerable<string> Damaged(string json)
        => Changed(json, (_, _) => [Absent, null, 0.5, 7, "Infinity", "no", true, new JsonArray(), new JsonObject()]);

    private static JsonNode Absent { get; } = new JsonObject();

    private static IEnumerable<string> Changed(string json, Func<string, JsonNode, JsonNode?[]> changes)
    {
        int nodes = Nodes(JsonNode.Parse(json)!).Count();
        for (int node = 0; node < nodes; node++)
        {
            int count = Count(node);
            for (int change = 0; change < count; change++)
            {
                JsonNode root = JsonNode.Parse(json)!;
                (JsonNode parent, string name, JsonNode? value) = Nodes(root).ElementAt(node);
                JsonNode? with = changes(name, value!)[change];
                if (parent is JsonObject record)
                {
                    if (ReferenceEquals(with, Absent)) record.Remove(name);
                    else record[name] = with?.DeepClone();
                }
                else
                {
                    parent.AsArray()[parent.AsArray().IndexOf(value)] = with?.DeepClone();
                }
                yield return root.ToJsonString();
            }
        }

        int Count(int node) => Nodes(JsonNode.Parse(json)!).ElementAt(node) is (_, var name, { } value) ? changes(name, value).Length : 0;
    }

    private static IEnumerable<(JsonNode Parent, string Name, JsonNode? Value)> Nodes(JsonNode root) => root switch
    {
        JsonObject record => record.SelectMany(member => Under(root, member.Key, member.Value)),
        JsonArray list => list.SelectMany(item => Under(root, "", item)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, string Name, JsonNode? Value)> Under(JsonNode parent, string name, JsonNode? value)
        => [(parent, name, value), .. value is null ? [] : Nodes(value)];

    private static string? Quick(string entry, string json)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(json);
        return entry switch
        {
            "Network.json" => StoredRecords.Network(bytes) is { } network ? JsonSerializer.Serialize(network, SpikingJson.Default.SpikingNetwork) : null,
            "Outline.json" => StoredRecords.Outline(bytes) is { } outline ? JsonSerializer.Serialize(outline, SpikingJson.Default.ModelOutline) : null,
            "Training.json" => StoredRecords.Training(bytes) is { } training ? JsonSerializer.Serialize(training, SpikingJson.Default.TrainingRecord) : null,
            _ => StoredRecords.Provenance(bytes) is { } provenance ? JsonSerializer.Serialize(provenance, SpikingJson.Default.TrainingProvenance) : null,
        };
    }

    private static string Slow(string entry, string json)
    {
        JsonObject stored = JsonNode.Parse(json)!.AsObject();
        if (entry == "Network.json") OmittedMembers.FillIn(stored, SpikingJson.Default.SpikingNetwork);
        if (entry == "Training.json" && stored["Recipe"] is JsonObject recipe) OmittedMembers.FillIn(recipe, SpikingJson.Default.TrainingRecipe);
        return entry switch
        {
            "Network.json" => JsonSerializer.Serialize(stored.Deserialize(SpikingJson.Default.SpikingNetwork)!, SpikingJson.Default.SpikingNetwork),
            "Outline.json" => JsonSerializer.Serialize(stored.Deserialize(SpikingJson.Default.ModelOutline)!, SpikingJson.Default.ModelOutline),
            "Training.json" => JsonSerializer.Serialize(stored.Deserialize(SpikingJson.Default.TrainingRecord)!, SpikingJson.Default.TrainingRecord),
            _ => JsonSerializer.Serialize(stored.Deserialize(SpikingJson.Default.TrainingProvenance)!, SpikingJson.Default.TrainingProvenance),
        };
    }
}
