using System.Text.Json;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Pixels as JSON: {"pixels": [0, 0.5, …]}, or the bare array; taken as they are.</summary>
internal static class PixelNumbers
{
    /// <summary>[height · width], 0 to 1.</summary>
    /// <exception cref="RequestFault">The JSON holds no such pixels.</exception>
    public static float[] Read(ReadOnlyMemory<byte> json, int height, int width)
    {
        using JsonDocument document = Parse(json);
        JsonElement root = document.RootElement;
        JsonElement array = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("pixels", out JsonElement named) ? named : root;
        if (array.ValueKind != JsonValueKind.Array) throw RequestFault.Bad($"The JSON holds no pixels; send {{\"pixels\": [{height * width} numbers from 0 to 1]}}, or the bare array.");
        if (array.GetArrayLength() != height * width) throw RequestFault.Bad($"{array.GetArrayLength()} pixels came, but the network reads {height} × {width} = {height * width}.");

        float[] pixels = new float[height * width];
        int i = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            // Negated, so that what is no number is out of the range too.
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetSingle(out float value) || !(value is >= 0 and <= 1))
                throw RequestFault.Bad($"Pixel {i} is {Shown(element)}, but each must be a number from 0 to 1.");
            pixels[i++] = value;
        }
        return pixels;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException fault)
        {
            throw RequestFault.Bad($"The JSON is broken in line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} (NaN and Infinity are no JSON numbers).");
        }
    }

    private static string Shown(JsonElement element) => element.GetRawText() is { Length: <= 24 } text ? text : element.ValueKind.ToString().ToLowerInvariant();
}
