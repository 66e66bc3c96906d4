using System.Text;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>Damages members of JSON: values of other kinds and sizes, members dropped, doubled, added, lists that grow.</summary>
internal static class JsonMutator
{
    private const int MostItems = 20_000, Depth = 200, LongText = 100_000;

    private static readonly string[] s_values =
    [
        "null", "true", "false", "\"\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "0", "-0.0", "1", "-1", "2", "3", "0.5", "1000", "65536", "100000000", "1e8",
        "2147483647", "-2147483648", "2147483648", "9223372036854775807", "1e38", "3.5e38", "1e308", "1e999", "-1e308", "1e-45", "[]", "{}", "[[]]", "[null]",
        "[-1]", "{\"$type\": \"none\"}", "\"\\u0000\"", "\"\\n\"",
    ];

    /// <summary>Damages a JSON text in one to some places; one that is none, in its bytes.</summary>
    public static byte[] Mutate(byte[] json, RandomStream random)
    {
        JsonNode? root;
        try
        {
            root = StoredJson.Object(json);
        }
        catch (InvalidDataException)
        {
            return ByteMutator.Mutate(json, [json], random);
        }
        for (int round = random.Below(2) == 0 ? 1 : 1 + random.Below(3); round > 0; round--) root = Once(root, random);
        string text = root?.ToJsonString() ?? "null";
        return Encoding.UTF8.GetBytes(random.Below(8) == 0 ? Doubled(text, random) : random.Below(40) == 0 ? Padded(text, random) : text);
    }

    private static JsonNode? Once(JsonNode? root, RandomStream random)
    {
        var nodes = new List<JsonNode>();
        Collect(root, nodes);
        if (nodes.Count == 0) return Value(random);
        JsonNode node = nodes[random.Below(nodes.Count)];
        if (node.Parent is null) return random.Below(20) == 0 ? Value(random) : root;
        switch (random.Below(8))
        {
            case 0 when node.Parent is JsonObject parent:
                parent.Remove(node.GetPropertyName());
                break;
            case 0 or 1 when node.Parent is JsonArray list:
                list.RemoveAt(node.GetElementIndex());
                break;
            case 2 when node is JsonObject record:
                record[$"Unknown{random.Below(3)}"] = Value(random);
                break;
            case 3 when node.Parent is JsonArray list:
                for (int i = random.Below(4) == 0 ? random.Below(MostItems) : random.Below(4); i >= 0; i--) list.Add(node.DeepClone());
                break;
            case 4:
                JsonNode other = nodes[random.Below(nodes.Count)];
                node.ReplaceWith(other.DeepClone());
                break;
            case 5 when node is JsonValue value && value.TryGetValue(out double number):
                double[] near = [-number, number + 1, number - 1, number * 2, number / 2, number * 65536];
                double changed = near[random.Below(near.Length)];
                node.ReplaceWith(double.IsFinite(changed) ? changed : JsonNode.Parse("1e999"));
                break;
            default:
                node.ReplaceWith(Value(random));
                break;
        }
        return root;
    }

    private static JsonNode? Value(RandomStream random)
    {
        switch (random.Below(60))
        {
            case 0:
                return new string('x', random.Below(LongText));
            case 1:
                JsonNode deep = new JsonArray();
                for (int i = 0; i < 50; i++) deep = new JsonArray(deep);
                return deep;
            default:
                return JsonNode.Parse(s_values[random.Below(s_values.Length)]);
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> nodes)
    {
        if (node is null) return;
        nodes.Add(node);
        if (node is JsonObject record)
            foreach (var (_, member) in record) Collect(member, nodes);
        else if (node is JsonArray list)
            foreach (JsonNode? item in list) Collect(item, nodes);
    }

    /// <summary>A member twice, which no tree of JSON can hold.</summary>
    private static string Doubled(string text, RandomStream random)
    {
        int at = text.IndexOf('{', random.Below(text.Length)), colon = at < 0 ? -1 : text.IndexOf(':', at);
        return colon < 0 ? text : $"{text[..(at + 1)]}{text[(at + 1)..colon]}: {s_values[random.Below(s_values.Length)]},{text[(at + 1)..]}";
    }

    private static string Padded(string text, RandomStream random)
        => random.Below(2) == 0 ? text + new string(' ', random.Below(1 << 20)) : new string('[', Depth * (1 + random.Below(50))) + text;
}
