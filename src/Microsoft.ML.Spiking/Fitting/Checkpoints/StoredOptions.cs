using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Network and recipe as a checkpoint has them: what this version knows of them, no more, and what an older one left out as by default.</summary>
internal static class StoredOptions
{
    private static readonly SpikingJson s_strict = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    });

    /// <summary>A record as this version writes it.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static JsonObject Json<T>(byte[] stored, Func<SpikingJson, JsonTypeInfo<T>> type) where T : class
        => (JsonObject)JsonSerializer.SerializeToNode(Read(StoredJson.Object(stored), type), type(SpikingJson.Default))!;

    /// <summary>A record; its JSON receives what it lacks.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static T Read<T>(JsonObject stored, Func<SpikingJson, JsonTypeInfo<T>> type) where T : class
    {
        try
        {
            OmittedMembers.FillIn(stored, type(SpikingJson.Default));
            return stored.Deserialize(type(s_strict))!;
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }
}
