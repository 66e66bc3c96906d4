using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>Members that a model's JSON does not have, since an older version wrote it: each is as a new record of its type has it.</summary>
// Left to itself, generated deserialisation gives an init-only member that is absent its type's default, and so an option 0 or null.
internal static class OmittedMembers
{
    /// <param name="stored">A record's JSON; receives what it lacks, and so do the records in it.</param>
    /// <param name="type">The record's type, or the family that its discriminator chooses from.</param>
    /// <exception cref="JsonException">A record names no member of its family.</exception>
    public static void FillIn(JsonObject stored, JsonTypeInfo type)
    {
        JsonTypeInfo record = Member(type, stored);
        object? fresh = null;
        bool isMade = record.Properties.All(member => member.AssociatedParameter is not { IsMemberInitializer: false });   // else its constructor knows
        foreach (JsonPropertyInfo member in record.Properties)
        {
            if (member.Get is not { } get) continue;
            JsonTypeInfo kind = record.Options.GetTypeInfo(member.PropertyType);
            if (!stored.TryGetPropertyValue(member.Name, out JsonNode? value) && isMade && !member.IsRequired)
                stored[member.Name] = JsonSerializer.SerializeToNode(get(fresh ??= New(record.Type)), kind);
            else if (value is JsonObject nested) FillIn(nested, kind);
            else if (value is JsonArray list && kind.ElementType is { } element)
                foreach (JsonObject item in list.OfType<JsonObject>()) FillIn(item, record.Options.GetTypeInfo(element));
        }
    }

    /// <summary>The type that a record's discriminator names.</summary>
    private static JsonTypeInfo Member(JsonTypeInfo type, JsonObject stored)
    {
        if (type.PolymorphismOptions is not { } family) return type;
        string? name = stored[family.TypeDiscriminatorPropertyName] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        foreach (JsonDerivedType derived in family.DerivedTypes)
            if (derived.TypeDiscriminator is string known && known == name) return type.Options.GetTypeInfo(derived.DerivedType);
        throw new JsonException($"it has a {type.Type.Name} of the discriminator '{name}', but this version knows {string.Join(", ", family.DerivedTypes
            .Select(derived => $"'{derived.TypeDiscriminator}'"))}.");
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The generated deserialisation makes records by these very constructors.")]
    private static object New(Type record) => Activator.CreateInstance(record, nonPublic: true)!;
}
