using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>JSON of files that anybody may have written, by the serialiser; what the serialiser would stumble over is found first.</summary>
internal static class StoredJson
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>A record; members that it does not have are as a new record of its type has them.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="type">The record's type, or its family.</param>
    /// <exception cref="InvalidDataException">It is no such record: the end of a sentence that begins with the entry's name.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) where T : class
    {
        JsonObject stored = Object(json);
        try
        {
            OmittedMembers.FillIn(stored, type);
            return stored.Deserialize(type) ?? throw new InvalidDataException("it is null.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    /// <summary>An object, in which no member is there twice and every text is one.</summary>
    /// <exception cref="InvalidDataException">It is no such object.</exception>
    public static JsonObject Object(ReadOnlySpan<byte> json)
    {
        try
        {
            CheckTexts(json);
            return JsonNode.Parse(json, documentOptions: s_strict) as JsonObject ?? throw new InvalidDataException("it is no JSON object.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"it is no sound JSON: {damage.Message}", damage);
        }
    }

    /// <summary>Finds text that is no UTF-8, or half a character, which else is found wherever it is first read, and that may be anywhere.</summary>
    /// <exception cref="InvalidDataException">A text is none.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void CheckTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !StoredRecord.TryRead(ref reader, out _))
                throw new InvalidDataException($"it has a text at byte {reader.TokenStartIndex} that is no Unicode.");
        }
    }
}
