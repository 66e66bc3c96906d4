using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>The label's key values: what a class stands for. Mostly text, but any primitive type may be.</summary>
internal abstract class LabelValues(VectorDataViewType type)
{
    private static readonly PrimitiveDataViewType[] s_kinds =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16,
        NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
    ];

    public VectorDataViewType Type { get; } = type;

    public bool AreText => Type.ItemType is TextDataViewType;

    public abstract Delegate Getter { get; }

    /// <summary>The values as text, [class].</summary>
    public abstract ImmutableArray<string> Texts { get; }

    /// <summary>What kind of values they are stored as.</summary>
    /// <exception cref="NotSupportedException">They are of a kind that is not stored.</exception>
    public string Kind => s_kinds.Contains(Type.ItemType)
        ? NameOf(Type.ItemType)
        : throw Trouble.Labels.NotSupported(
            $"The label's key values are of type {Type.ItemType}, which cannot be stored in a model; map the label from text or numbers.");

    /// <summary>The values as they are stored, from which <see cref="OfStored"/> makes the same again, [class].</summary>
    public abstract string[] Stored { get; }

    /// <summary>The values of a label column; null where it has none.</summary>
    public static LabelValues? Of(DataViewSchema.Column label)
        => label.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { IsKnownSize: true } type
            ? Make(nameof(OfAnnotation), type.ItemType, type, label)
            : null;

    /// <summary>Classes that are called so.</summary>
    public static LabelValues Of(ImmutableArray<string> texts)
        => new Typed<ReadOnlyMemory<char>>(new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            new(texts.Length, [.. texts.Select(text => text.AsMemory())]));

    /// <summary>Values as they were stored.</summary>
    /// <exception cref="InvalidDataException">There is no such kind of values, or one is none of it.</exception>
    public static LabelValues OfStored(string kind, string[] values)
    {
        if (values.Length == 0) throw new InvalidDataException("it names no value.");
        if (kind == NameOf(TextDataViewType.Instance)) return Of([.. values]);   // as nearly all are: nothing is compiled for them
        PrimitiveDataViewType type = Array.Find(s_kinds, known => NameOf(known) == kind)
            ?? throw new InvalidDataException($"it has values of a kind '{kind}'.");
        return Make(nameof(OfTexts), type, type, values);
    }

    private static string NameOf(PrimitiveDataViewType type) => type is TextDataViewType ? "Text" : type.RawType.Name;

    private static LabelValues Make(string method, PrimitiveDataViewType item, params object[] arguments)
        => (LabelValues)typeof(LabelValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(item.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, CultureInfo.InvariantCulture)!;

    private static Typed<T> OfAnnotation<T>(VectorDataViewType type, DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue("KeyValues", ref values);
        return new Typed<T>(type, values);
    }

    private static Typed<T> OfTexts<T>(PrimitiveDataViewType item, string[] texts)
    {
        var values = new T[texts.Length];
        for (int i = 0; i < texts.Length; i++)
            values[i] = Read(item, texts[i]) is T value ? value : throw new InvalidDataException($"its value {i}, '{texts[i]}', is no {NameOf(item)}.");
        return new Typed<T>(new VectorDataViewType(item, values.Length), new VBuffer<T>(values.Length, values));
    }

    // Times by their ticks, whatever a calendar calls them.
    private static string Write(object value) => value switch
    {
        DateTime time => Write(time.Ticks),
        TimeSpan time => Write(time.Ticks),
        DateTimeOffset time => $"{Write(time.Ticks)} {Write(time.Offset.Ticks)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A value that <see cref="Write"/> wrote; null where it is none.</summary>
    private static object? Read(PrimitiveDataViewType type, string text)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign, Float = NumberStyles.Float;
        CultureInfo culture = CultureInfo.InvariantCulture;
        return System.Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.Boolean => bool.TryParse(text, out bool value) ? value : null,
            TypeCode.SByte => sbyte.TryParse(text, Whole, culture, out sbyte value) ? value : null,
            TypeCode.Byte => byte.TryParse(text, Whole, culture, out byte value) ? value : null,
            TypeCode.Int16 => short.TryParse(text, Whole, culture, out short value) ? value : null,
            TypeCode.UInt16 => ushort.TryParse(text, Whole, culture, out ushort value) ? value : null,
            TypeCode.Int32 => int.TryParse(text, Whole, culture, out int value) ? value : null,
            TypeCode.UInt32 => uint.TryParse(text, Whole, culture, out uint value) ? value : null,
            TypeCode.Int64 => long.TryParse(text, Whole, culture, out long value) ? value : null,
            TypeCode.UInt64 => ulong.TryParse(text, Whole, culture, out ulong value) ? value : null,
            TypeCode.Single => float.TryParse(text, Float, culture, out float value) ? value : null,
            TypeCode.Double => double.TryParse(text, Float, culture, out double value) ? value : null,
            TypeCode.DateTime => Ticks(text) is { } ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks) : null,
            _ when type is TimeSpanDataViewType => Ticks(text) is { } ticks ? new TimeSpan(ticks) : null,
            _ => Moment(text.Split(' ')),
        };
    }

    private static long? Ticks(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks) ? ticks : null;

    private static DateTimeOffset? Moment(string[] parts)
    {
        if (parts is not [var first, var second] || Ticks(first) is not { } ticks || Ticks(second) is not { } offset) return null;
        bool there = offset % TimeSpan.TicksPerMinute == 0 && Math.Abs(offset / TimeSpan.TicksPerHour) < 14
            && ticks >= TimeSpan.TicksPerDay && ticks <= DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay;
        return there ? new DateTimeOffset(ticks, new TimeSpan(offset)) : null;
    }

    private sealed class Typed<T>(VectorDataViewType type, VBuffer<T> values) : LabelValues(type)
    {
        public override Delegate Getter => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> copy) => values.CopyTo(ref copy));

        public override ImmutableArray<string> Texts => [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];

        public override string[] Stored => [.. values.DenseValues().Select(value => Write(value!))];
    }
}
