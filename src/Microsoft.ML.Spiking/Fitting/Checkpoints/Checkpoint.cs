using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A training that stands still: all it needs to go on.</summary>
/// <param name="Path">Where it lies, for messages.</param>
/// <param name="Header">What is no array.</param>
/// <param name="Network">The network that is trained.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="Weights">The weights of the layers' inputs, as safetensors.</param>
/// <param name="State">All other arrays, as safetensors.</param>
/// <param name="Best">The arrays of the best model so far, as safetensors; null where there is none.</param>
internal sealed record Checkpoint(string Path, CheckpointHeader Header, JsonObject Network, JsonObject Recipe, byte[] Weights, byte[] State, byte[]? Best)
{
    private const int LongestText = 100;

    public static JsonObject NetworkOf(SpikingNetworkOptions options) => JsonOf(options.Network);

    public static JsonObject JsonOf(SpikingNetwork network) => (JsonObject)JsonSerializer.SerializeToNode(network, SpikingJson.Default.SpikingNetwork)!;

    public static JsonObject RecipeOf(SpikingNetworkOptions options)
        => (JsonObject)JsonSerializer.SerializeToNode(options.Recipe, SpikingJson.Default.TrainingRecipe)!;

    /// <param name="options">What they leave to the data is compared once it has been chosen; what is no part of network and recipe may differ.</param>
    /// <exception cref="ArgumentException">It was trained by other options.</exception>
    public void CheckOptions(SpikingNetworkOptions options)
    {
        string[] open = [.. LeftToData.Names(options)];
        if ((Difference(Network, NetworkOf(options), open) ?? Difference(Recipe, RecipeOf(options), open)) is var (option, was, now))
            throw Other(options.Network.Layers.Length > 1 ? option : option.Replace("Layers[0].", "", StringComparison.Ordinal), was, now);
        if (options.Seed is { } seed && seed != Header.Seed) throw Other(nameof(options.Seed), $"{Header.Seed}", $"{seed}");
    }

    /// <summary>Rows of a block; null where all rows were held.</summary>
    public int? BlockRows => Recipe[nameof(TrainingRecipe.BlockRows)] is JsonValue value && value.TryGetValue(out int rows) && rows > 0 ? rows : null;

    /// <param name="options">Say how much room there is.</param>
    /// <param name="streamed">Whether there is none for the rows.</param>
    /// <exception cref="ArgumentException">Its training held the rows, and now they are too many.</exception>
    public void CheckHeld(SpikingNetworkOptions options, bool streamed)
    {
        if (options.BlockRows is null && streamed)
            throw Trouble.Checkpoint.Argument($"The checkpoint '{Path}' was trained on rows that were all held, but now they take more than "
                + $"{(options.RowMemory is { } bytes ? $"RowMemory, {bytes} bytes" : "half of the memory that there is")}"
                + $"{(options.Communicator is { Size: > 1 } others ? $" in each of {others.Size} processes" : "")}; make RowMemory larger, or start afresh.");
    }

    /// <exception cref="ArgumentException">It was trained on other data.</exception>
    public void CheckData(DataOutline now)
    {
        if (Header.Data.Difference(now) is { } difference)
            throw Trouble.Checkpoint.Argument(
                $"The checkpoint '{Path}' was trained on {difference}; resume it on the data that it was trained on.");
    }

    private ArgumentException Other(string option, string was, string now)
        => Trouble.Checkpoint.Argument(
            $"The checkpoint '{Path}' was trained with {option} = {was}, but the options say {now}; resume it with its own options, or start afresh.");

    /// <summary>The first member in which two records differ, and both values.</summary>
    private static (string Option, string Was, string Now)? Difference(JsonObject was, JsonObject now, IEnumerable<string> except, string name = "")
    {
        foreach (string member in was.Select(member => member.Key).Union(now.Select(member => member.Key)).Except(except))
            if (Difference(was[member], now[member], name + member) is { } found) return found;
        return null;
    }

    private static (string Option, string Was, string Now)? Difference(JsonNode? was, JsonNode? now, string name)
    {
        if (JsonNode.DeepEquals(was, now)) return null;
        if (was is JsonObject one && now is JsonObject other && JsonNode.DeepEquals(one["$type"], other["$type"])
            && Difference(one, other, [], $"{name}.") is { } inner) return inner;
        if (was is JsonArray some && now is JsonArray others && some.Count == others.Count)
            for (int i = 0; i < some.Count; i++)
                if (Difference(some[i], others[i], $"{name}[{i}]") is { } item) return item;
        return (name, Said(was), Said(now));
    }

    /// <summary>A text of a file, in a sentence.</summary>
    public static string Short(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";

    private static string Said(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: > 0 } rule when rule["$type"] is { } kind => Short(kind.ToString()),
        JsonObject => "set",
        JsonArray list => $"{list.Count} of them",
        _ => Short(value.ToJsonString()),
    };
}
