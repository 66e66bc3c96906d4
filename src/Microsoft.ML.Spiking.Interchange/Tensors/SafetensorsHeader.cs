using System.Text.Json;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>The header of a safetensors file: where each tensor lies, in whatever order, and texts.</summary>
/// <remarks>Read token by token: what is no part of the format is refused where it stands, before anything is made of the rest.</remarks>
internal sealed class SafetensorsHeader
{
    // The format allows 100 MB. A network's history is the longest that we write, at some 200 bytes for each change of a connection.
    public const int MaximumBytes = 1 << 25;

    /// <summary>Under what texts stand in a header.</summary>
    public const string MetadataName = "__metadata__";

    private const int MostDimensions = 8;

    private SafetensorsHeader() { }

    /// <summary>The texts under __metadata__.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The tensors by name.</summary>
    public Dictionary<string, SafetensorsPlace> Tensors { get; } = [];

    /// <exception cref="InvalidDataException">It is no such header.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> json)
    {
        var header = new SafetensorsHeader();
        var reader = new Utf8JsonReader(json);
        try
        {
            Next(ref reader, JsonTokenType.StartObject, "a header");
            while (Next(ref reader) != JsonTokenType.EndObject)
            {
                string name = Text(ref reader, "a tensor's name");
                if (name == MetadataName) header.ReadMetadata(ref reader);
                else if (!header.Tensors.TryAdd(name, Place(ref reader, name))) throw new InvalidDataException($"its header names '{name}' twice.");
            }
            if (reader.Read()) throw new InvalidDataException("its header goes on behind its end.");
            return header;
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"its header is no sound JSON: {damage.Message}", damage);
        }
    }

    /// <summary>Checks that the tensors take all bytes that there are, each once, as the format asks for.</summary>
    /// <param name="bytes">Bytes behind the header.</param>
    /// <returns>Their names, in the order in which they lie.</returns>
    /// <exception cref="InvalidDataException">They overlap, or leave a gap.</exception>
    public string[] InOrder(long bytes)
    {
        string[] names = [.. Tensors.Keys];
        Array.Sort(names, (one, other) => (Tensors[one].Begin, Tensors[one].End).CompareTo((Tensors[other].Begin, Tensors[other].End)));
        long at = 0;
        foreach (string name in names)
        {
            var (begin, end) = (Tensors[name].Begin, Tensors[name].End);
            if (begin != at) throw new InvalidDataException($"'{name}' begins at byte {begin}, but what is before it ends at {at}.");
            at = end;
        }
        return at == bytes ? names : throw new InvalidDataException($"its tensors take {at} bytes, but it holds {bytes}.");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.StartObject, MetadataName);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string name = Text(ref reader, $"a name in {MetadataName}");
            Next(ref reader, JsonTokenType.String, $"'{name}' in {MetadataName}");
            if (!Metadata.TryAdd(name, Text(ref reader, $"'{name}' in {MetadataName}")))
                throw new InvalidDataException($"its {MetadataName} names '{name}' twice.");
        }
    }

    private static SafetensorsPlace Place(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, bytes = null;
        Next(ref reader, JsonTokenType.StartObject, $"'{name}'");
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string member = Text(ref reader, $"a member of '{name}'");
            if (member == "dtype" && type is null)
            {
                Next(ref reader, JsonTokenType.String, $"the dtype of '{name}'");
                type = Text(ref reader, $"the dtype of '{name}'");
            }
            else if (member == "shape" && shape is null)
            {
                shape = Numbers(ref reader, name);
            }
            else if (member == "data_offsets" && bytes is null)
            {
                bytes = Numbers(ref reader, name);
            }
            else
            {
                throw new InvalidDataException($"its header says '{member}' of '{name}', or says it twice.");
            }
        }
        if (type is null || shape is null || bytes is not [var begin, var end])
            throw new InvalidDataException($"its header does not say of '{name}' what its dtype, its shape and its two data_offsets are.");
        return begin <= end ? new(type, shape, begin, end) : throw new InvalidDataException($"'{name}' ends before it begins.");
    }

    private static long[] Numbers(ref Utf8JsonReader reader, string name)
    {
        Next(ref reader, JsonTokenType.StartArray, $"a list of '{name}'");
        var numbers = new List<long>();
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || numbers.Count == MostDimensions)
                throw new InvalidDataException($"its header has a list of '{name}' that is none of at most {MostDimensions} whole numbers.");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static string Text(ref Utf8JsonReader reader, string what)
        => StoredRecord.TryRead(ref reader, out string? text) ? text : throw new InvalidDataException($"its header has {what} that is no Unicode.");

    private static JsonTokenType Next(ref Utf8JsonReader reader)
        => reader.Read() ? reader.TokenType : throw new InvalidDataException("its header is cut off.");

    private static void Next(ref Utf8JsonReader reader, JsonTokenType expected, string what)
    {
        if (Next(ref reader) != expected) throw new InvalidDataException($"its header has, at byte {reader.TokenStartIndex}, no {expected} for {what}.");
    }
}
