using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Pixels as JSON: {"pixels": [0, 0.5, …]}, or the bare array; taken as they are, and as they come: no more is held than the pixels.</summary>
/// <param name="height">Rows of the network's image.</param>
/// <param name="width">Its columns.</param>
internal sealed class PixelNumbers(int height, int width)
{
    private const int LongestShown = 24;

    // As many are counted, for whoever sent three colours; of more it does not matter how many.
    private const int MostCounted = 16;

    private readonly float[] _pixels = new float[height * width];
    private int _count = -1;      // of pixels, once there is an array of them
    private int _depth = -1;      // of the array's numbers, while inside it
    private bool _named;

    /// <summary>[height · width], 0 to 1.</summary>
    /// <exception cref="RequestFault">The JSON holds no such pixels.</exception>
    public static async Task<float[]> ReadAsync(PipeReader json, int height, int width, CancellationToken cancel)
    {
        var numbers = new PixelNumbers(height, width);
        var state = new JsonReaderState();
        while (true)
        {
            ReadResult read = await json.ReadAsync(cancel);
            SequencePosition taken = read.Buffer.End;
            try
            {
                taken = numbers.Take(read.Buffer, read.IsCompleted, ref state);
            }
            finally
            {
                json.AdvanceTo(taken, read.Buffer.End);
            }
            if (read.IsCompleted) return numbers.Whole();
        }
    }

    private SequencePosition Take(ReadOnlySequence<byte> bytes, bool last, ref JsonReaderState state)
    {
        var token = new Utf8JsonReader(bytes, last, state);
        try
        {
            while (token.Read()) Take(ref token, bytes);
        }
        catch (JsonException fault)
        {
            string place = $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}";
            throw RequestFault.Bad($"The JSON is broken in {place} (NaN and Infinity are no JSON numbers).");
        }
        // A number that never ends would have to be held until it does.
        if (bytes.Length - token.BytesConsumed > Bounds.Token)
            throw RequestFault.Bad($"The JSON holds a value of more than {Bounds.Token} bytes, but pixels are numbers from 0 to 1.");
        state = token.CurrentState;
        return token.Position;
    }

    private void Take(ref Utf8JsonReader token, ReadOnlySequence<byte> bytes)
    {
        if (_depth >= 0)
        {
            if (token.TokenType == JsonTokenType.EndArray && token.CurrentDepth < _depth) _depth = -1;
            else Add(ref token, bytes);
        }
        else if (token is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
        {
            _named = token.ValueTextEquals("pixels"u8);
        }
        else if (token.TokenType == JsonTokenType.StartArray && token.CurrentDepth == (_named ? 1 : 0))
        {
            (_count, _depth) = (0, token.CurrentDepth + 1);
        }
    }

    private void Add(ref Utf8JsonReader token, ReadOnlySequence<byte> bytes)
    {
        if (_count == MostCounted * _pixels.Length) throw RequestFault.Bad($"More than {_count} pixels came, but the network reads {Needed}.");
        // Negated, so that what is no number is out of the range too.
        if (token.TokenType != JsonTokenType.Number || !token.TryGetSingle(out float value) || !(value is >= 0 and <= 1))
            throw RequestFault.Bad($"Pixel {_count} is {Shown(ref token, bytes)}, but each must be a number from 0 to 1.");
        if (_count < _pixels.Length) _pixels[_count] = value;
        _count++;
    }

    private float[] Whole() => _count switch
    {
        < 0 => throw RequestFault.Bad($"The JSON holds no pixels; send {{\"pixels\": [{_pixels.Length} numbers from 0 to 1]}}, or the bare array."),
        _ when _count != _pixels.Length => throw RequestFault.Bad($"{_count} pixels came, but the network reads {Needed}."),
        _ => _pixels,
    };

    private string Needed => $"{height} × {width} = {_pixels.Length}";

    private static string Shown(ref Utf8JsonReader token, ReadOnlySequence<byte> bytes)
    {
        string kind = token.TokenType.ToString().Replace("Start", "", StringComparison.Ordinal).ToLowerInvariant();
        long start = token.TokenStartIndex;
        return token.TrySkip() && token.BytesConsumed - start <= LongestShown ? Encoding.UTF8.GetString(bytes.Slice(start, token.BytesConsumed - start)) : kind;
    }
}
