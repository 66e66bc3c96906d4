using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Fitting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Options in a JSON file: a .run.json, or an object with only what is to differ from the preset.</summary>
internal static class OptionsFile
{
    private const string Kind = "$type";

    // A name that is misspelt is an error, not nothing.
    private static readonly SpikingJson s_strict = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    /// <param name="path">The file.</param>
    /// <param name="preset">What holds where it says nothing.</param>
    public static SpikingNetworkOptions Read(string path, SpikingNetworkOptions preset)
    {
        if (!File.Exists(path))
            throw Failure.Input($"The configuration '{path}' does not exist.", $"check the path; every training leaves a .run.json beside its model.");
        try
        {
            JsonObject file = JsonNode.Parse(File.ReadAllText(path),
                documentOptions: new JsonDocumentOptions
                {
                    CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
                }) as JsonObject
                ?? throw new JsonException("it is no object.");
            return Over(preset, file["options"] as JsonObject ?? file);
        }
        catch (JsonException error)
        {
            throw Failure.Usage($"The configuration '{path}' cannot be read: {error.Message}",
                $"its options are named as in C#, {{ \"Epochs\": 10 }}; the .run.json beside a model shows them all.");
        }
    }

    /// <summary>The options with those of an object in their place, down to the members of a rule.</summary>
    public static SpikingNetworkOptions Over(SpikingNetworkOptions options, JsonObject changes)
    {
        JsonObject merged = Merged(Json(options), changes);
        // A rule that the options below do not have, or have another kind of, stands alone.
        OmittedMembers.FillIn(merged, s_strict.SpikingNetworkOptions);
        return merged.Deserialize(s_strict.SpikingNetworkOptions)!;
    }

    /// <summary>The options that a checkpoint was trained by, over others.</summary>
    public static SpikingNetworkOptions Over(SpikingNetworkOptions options, Checkpoint from)
    {
        var changes = (JsonObject)from.Recipe.DeepClone();
        changes[nameof(options.Network)] = from.Network.DeepClone();
        return Over(options, changes);
    }

    /// <summary>The options as a file has them.</summary>
    public static JsonObject Json(SpikingNetworkOptions options)
        => (JsonObject)JsonSerializer.SerializeToNode(options, SpikingJson.Default.SpikingNetworkOptions)!;

    private static JsonObject Merged(JsonObject below, JsonObject above)
    {
        var merged = (JsonObject)below.DeepClone();
        foreach (var (name, value) in above) merged[name] = Merged(merged[name], value);
        return merged;
    }

    private static JsonNode? Merged(JsonNode? below, JsonNode? above) => (below, above) switch
    {
        (JsonObject old, JsonObject rule) when IsSameKind(old, rule) => Merged(old, rule),
        (JsonArray old, JsonArray list) => new JsonArray([.. list.Select((item, i) => i < old.Count ? Merged(old[i], item) : item?.DeepClone())]),
        _ => above?.DeepClone(),
    };

    private static bool IsSameKind(JsonObject old, JsonObject rule) => rule[Kind] is not { } kind || JsonNode.DeepEquals(kind, old[Kind]);
}
