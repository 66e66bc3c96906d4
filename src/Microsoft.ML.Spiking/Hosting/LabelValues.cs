using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>The label's key values: what a class stands for. Mostly text, but any primitive type may be.</summary>
internal abstract class LabelValues(VectorDataViewType type)
{
    public VectorDataViewType Type { get; } = type;

    public bool AreText => Type.ItemType is TextDataViewType;

    public abstract Delegate Getter { get; }

    /// <summary>The values as text, [class].</summary>
    public abstract ImmutableArray<string> Texts { get; }

    /// <summary>The values of a label column; null where it has none.</summary>
    public static LabelValues? Of(DataViewSchema.Column label)
        => label.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { IsKnownSize: true } type
            ? Make(nameof(OfAnnotation), type, label)
            : null;

    /// <summary>Classes that are called so.</summary>
    public static LabelValues Of(ImmutableArray<string> texts)
        => new Typed<ReadOnlyMemory<char>>(new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            new(texts.Length, [.. texts.Select(text => text.AsMemory())]));

    public static LabelValues Load(ModelReader reader)
    {
        var (type, values) = MLNet.Read(reader.Environment, reader.Key);
        return Make(nameof(OfStored), type, values);
    }

    public abstract void Save(IHostEnvironment env, BinaryWriter writer);

    private static LabelValues Make(string method, VectorDataViewType type, object values)
        => (LabelValues)typeof(LabelValues).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.ItemType.RawType).Invoke(null, [type, values])!;

    private static Typed<T> OfAnnotation<T>(VectorDataViewType type, DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue("KeyValues", ref values);
        return new Typed<T>(type, values);
    }

    private static Typed<T> OfStored<T>(VectorDataViewType type, object values) => new(type, (VBuffer<T>)values);

    private sealed class Typed<T>(VectorDataViewType type, VBuffer<T> values) : LabelValues(type)
    {
        public override Delegate Getter => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> copy) => values.CopyTo(ref copy));

        public override ImmutableArray<string> Texts => [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];

        public override void Save(IHostEnvironment env, BinaryWriter writer) => MLNet.Write(env, writer, Type, values);
    }
}
