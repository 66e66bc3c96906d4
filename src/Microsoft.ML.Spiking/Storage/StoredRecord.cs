using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>A JSON object whose members are taken one by one, each as the type that is expected of it.</summary>
/// <remarks>
/// What is not as expected raises a doubt, whose values mean nothing, and which is for the serialiser to settle. Holds objects alone: what is generic over
/// numbers is compiled anew in every process, and the serialiser's description of a record is a thousand such methods.
/// </remarks>
internal sealed class StoredRecord
{
    private const string Discriminator = "$type";

    private readonly Dictionary<string, object?> _members = [];
    private readonly Doubt _doubt;
    private bool _isTyped;
    private int _taken;

    private StoredRecord(Doubt doubt) => _doubt = doubt;

    /// <summary>The name of its type in its family.</summary>
    public string Type
    {
        get
        {
            if (!_isTyped) _doubt.Is = true;
            return Text(Discriminator);
        }
    }

    /// <summary>Reads a value that is made of the members of an object.</summary>
    /// <returns>Null where there is a doubt: the serialiser knows whether it is damaged, and how.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> json, Func<StoredRecord, T?> make) where T : class
    {
        try
        {
            var doubt = new Doubt();
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || Value(ref reader, doubt) is not StoredRecord stored || reader.Read()) return null;
            T? made = stored.Made(make);
            return doubt.Is ? null : made;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text that a reader stands at, where it is one.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)   // bytes that are no UTF-8, or half a character: the reader has no other way to say so
        {
            text = null;
            return false;
        }
    }

    public double Double(string member, double otherwise) => Take(member, out object? value) ? Double(value) : otherwise;

    public double Double(string member) => Take(member, out object? value) ? Double(value) : _doubt.Raised(0d);

    public double? MaybeDouble(string member, double? otherwise) => Take(member, out object? value) ? value is null ? null : Double(value) : otherwise;

    public double? MaybeDouble(string member) => Take(member, out object? value) ? value is null ? null : Double(value) : _doubt.Raised(0d);

    public float Single(string member, float otherwise) => Take(member, out object? value) ? Single(value) : otherwise;

    public float Single(string member) => Take(member, out object? value) ? Single(value) : _doubt.Raised(0f);

    public int Integer(string member, int otherwise) => Take(member, out object? value) ? Integer(value) : otherwise;

    public int Integer(string member) => Take(member, out object? value) ? Integer(value) : _doubt.Raised(0);

    public int? MaybeInteger(string member, int? otherwise) => Take(member, out object? value) ? value is null ? null : Integer(value) : otherwise;

    public long Long(string member) => Take(member, out object? value) ? Long(value) : _doubt.Raised(0L);

    public bool Boolean(string member, bool otherwise) => _members.ContainsKey(member) ? Boolean(member) : otherwise;

    public bool Boolean(string member) => Take(member, out object? value) && value is bool yes ? yes : _doubt.Raised(false);

    public string Text(string member) => Take(member, out object? value) && value is string text ? text : _doubt.Raised("");

    public string? MaybeText(string member, string? otherwise)
        => Take(member, out object? value) ? value is null or string ? (string?)value : _doubt.Raised(otherwise) : otherwise;

    public string? MaybeText(string member) => Take(member, out object? value) && value is null or string ? (string?)value : _doubt.Raised("");

    /// <summary>The value of an enumeration, by its name.</summary>
    public object Name(string member, object otherwise)
        => !Take(member, out object? value) ? otherwise
            : value is string name && Enum.TryParse(otherwise.GetType(), name, out object? read) && read!.ToString() == name ? read
            : _doubt.Raised(otherwise);

    /// <summary>The same, where it must be there.</summary>
    /// <param name="member">What it is called.</param>
    /// <param name="any">Any value of the enumeration.</param>
    public object RequiredName(string member, object any) => _members.ContainsKey(member) ? Name(member, any) : _doubt.Raised(any);

    public DateTimeOffset Moment(string member)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{Text(member)}\""));
        return reader.Read() && reader.TryGetDateTimeOffset(out DateTimeOffset moment) ? moment : _doubt.Raised(DateTimeOffset.MinValue);
    }

    public TimeSpan? MaybeDuration(string member, TimeSpan? otherwise)
        => Take(member, out object? value) ? value is null ? null : Duration(member) : otherwise;

    public TimeSpan Duration(string member)
        => TimeSpan.TryParseExact(Text(member), "c", CultureInfo.InvariantCulture, out TimeSpan duration) ? duration : _doubt.Raised(TimeSpan.Zero);

    /// <summary>A record within this one.</summary>
    public T Record<T>(string member, T otherwise, Func<StoredRecord, T?> make) where T : class
        => !Take(member, out object? value) ? otherwise : value is StoredRecord record && record.Made(make) is { } made ? made : _doubt.Raised(otherwise);

    /// <summary>A record within this one, or null.</summary>
    public T? MaybeRecord<T>(string member, T? otherwise, Func<StoredRecord, T?> make) where T : class
        => !Take(member, out object? value) ? otherwise
            : value is null ? null : value is StoredRecord record && record.Made(make) is { } made ? made : _doubt.Raised(otherwise);

    /// <summary>A list of records.</summary>
    public T[]? Records<T>(string member, Func<StoredRecord, T?> make) where T : class
    {
        if (!Take(member, out object? value)) return null;
        if (value is not List<object?> list) return _doubt.Raised<T[]?>(null);
        var records = new T[list.Count];
        for (int i = 0; i < records.Length; i++)
        {
            if (list[i] is StoredRecord record && record.Made(make) is { } made) records[i] = made;
            else _doubt.Is = true;
        }
        return records;
    }

    public int[] Integers(string member)
    {
        if (!Take(member, out object? value) || value is not List<object?> list) return _doubt.Raised<int[]>([]);
        var numbers = new int[list.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Integer(list[i]);
        return numbers;
    }

    public ImmutableArray<int> Integers(string member, ImmutableArray<int> otherwise)
        => _members.ContainsKey(member) ? ImmutableCollectionsMarshal.AsImmutableArray(Integers(member)) : otherwise;

    public long[] Longs(string member)
    {
        if (!Take(member, out object? value) || value is not List<object?> list) return _doubt.Raised<long[]>([]);
        var numbers = new long[list.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Long(list[i]);
        return numbers;
    }

    public float[] Singles(string member)
    {
        if (!Take(member, out object? value) || value is not List<object?> list) return _doubt.Raised<float[]>([]);
        var numbers = new float[list.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Single(list[i]);
        return numbers;
    }

    public string[]? MaybeTexts(string member)
    {
        if (!Take(member, out object? value) || value is null) return null;
        if (value is not List<object?> list) return _doubt.Raised<string[]?>(null);
        var texts = new string[list.Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = list[i] as string ?? _doubt.Raised("");
        return texts;
    }

    private static object? Value(ref Utf8JsonReader reader, Doubt doubt)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var record = new StoredRecord(doubt);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string member = TryRead(ref reader, out string? name) ? name : doubt.Raised("");
                    if (record._members.Count == 0) record._isTyped = member == Discriminator;
                    reader.Read();
                    if (!record._members.TryAdd(member, Value(ref reader, doubt))) doubt.Is = true;
                }
                return record;
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(Value(ref reader, doubt));
                return list;
            case JsonTokenType.String:
                return TryRead(ref reader, out string? text) ? text : doubt.Raised("");
            case JsonTokenType.Number:
                return reader.ValueSpan.ToArray();
            case JsonTokenType.Null:
                return null;
            default:
                return reader.TokenType == JsonTokenType.True;
        }
    }

    /// <summary>What is made of it; a member that nobody took is one that nobody knows.</summary>
    private T? Made<T>(Func<StoredRecord, T?> make) where T : class
    {
        T? made = make(this);
        if (made is null || _taken != _members.Count) _doubt.Is = true;
        return made;
    }

    private bool Take(string member, out object? value)
    {
        bool there = _members.TryGetValue(member, out value);
        if (there) _taken++;
        return there;
    }

    private double Double(object? value) => value switch
    {
        byte[] number when Utf8Parser.TryParse(number, out double read, out int length) && length == number.Length => read,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => _doubt.Raised(0d),
    };

    private float Single(object? value) => value switch
    {
        byte[] number when Utf8Parser.TryParse(number, out float read, out int length) && length == number.Length => read,
        "Infinity" => float.PositiveInfinity,
        "-Infinity" => float.NegativeInfinity,
        "NaN" => float.NaN,
        _ => _doubt.Raised(0f),
    };

    private int Integer(object? value)
        => value is byte[] number && Utf8Parser.TryParse(number, out int read, out int length) && length == number.Length ? read : _doubt.Raised(0);

    private long Long(object? value)
        => value is byte[] number && Utf8Parser.TryParse(number, out long read, out int length) && length == number.Length ? read : _doubt.Raised(0L);

    /// <summary>Whether anything was not as expected.</summary>
    private sealed class Doubt
    {
        public bool Is { get; set; }

        public T Raised<T>(T value)
        {
            Is = true;
            return value;
        }
    }
}
