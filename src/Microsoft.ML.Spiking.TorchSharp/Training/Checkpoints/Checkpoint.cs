using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking;

/// <summary>A training that stands still: all it needs to go on.</summary>
/// <param name="Path">Where it lies, for messages.</param>
/// <param name="Header">What is no array.</param>
/// <param name="Options">The options that it was trained by, as a model keeps them.</param>
/// <param name="Columns">The columns' weights, as safetensors.</param>
/// <param name="State">All other arrays, as safetensors.</param>
/// <param name="Best">The arrays of the best model so far, as safetensors; null where there is none.</param>
internal sealed record Checkpoint(string Path, CheckpointHeader Header, JsonObject Options, byte[] Columns, byte[] State, byte[]? Best)
{
    // What does not shape the weights; the seed is compared by what it was in the end.
    private static readonly string[] s_free =
    [
        nameof(SpikingNetworkOptions.Device), nameof(SpikingNetworkOptions.ProgressInterval), nameof(SpikingNetworkOptions.ValidationInterval), nameof(SpikingNetworkOptions.EarlyStopping),
        nameof(SpikingNetworkOptions.Calibration),
        nameof(SpikingNetworkOptions.Seed),
    ];

    public static JsonObject OptionsOf(SpikingNetworkOptions options) => (JsonObject)JsonSerializer.SerializeToNode(options, SpikingJson.Default.SpikingNetworkOptions)!;

    /// <param name="options">What they leave to the data is compared once it has been chosen.</param>
    /// <exception cref="ArgumentException">It was trained by other options.</exception>
    public void CheckOptions(SpikingNetworkOptions options)
    {
        JsonObject now = OptionsOf(options);
        foreach (string name in Options.Select(option => option.Key).Union(now.Select(option => option.Key)).Except(s_free).Except(LeftToData.Names(options)))
            if (Difference(name, Options[name], now[name]) is var (option, was, isNow)) throw Other(option, was, isNow);
        if (options.Seed is { } seed && seed != Header.Seed) throw Other(nameof(options.Seed), $"{Header.Seed}", $"{seed}");
    }

    /// <exception cref="ArgumentException">It was trained on other data.</exception>
    public void CheckData(DataOutline now)
    {
        if (Header.Data.Difference(now) is { } difference)
            throw new ArgumentException(Trouble.Checkpoint.Says($"The checkpoint '{Path}' was trained on {difference}; resume it on the data that it was trained on."));
    }

    private ArgumentException Other(string option, string was, string now)
        => new(Trouble.Checkpoint.Says($"The checkpoint '{Path}' was trained with {option} = {was}, but the options say {now}; resume it with its own options, or start afresh."));

    /// <summary>The first difference of two options, and both values.</summary>
    private static (string Option, string Was, string Now)? Difference(string name, JsonNode? was, JsonNode? now)
    {
        if (JsonNode.DeepEquals(was, now)) return null;
        if (was is JsonObject one && now is JsonObject other)
            foreach (string inner in one.Select(member => member.Key).Union(other.Select(member => member.Key)))
                if (Difference($"{name}.{inner}", one[inner], other[inner]) is { } found) return found;
        return (name, Said(was), Said(now));
    }

    private static string Said(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: > 0 } rule when rule["$type"] is { } kind => kind.ToString(),
        JsonObject => "set",
        _ => value.ToJsonString(),
    };
}
