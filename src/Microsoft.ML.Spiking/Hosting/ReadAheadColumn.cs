using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A batch of one column's values.</summary>
internal abstract class ReadAheadColumn
{
    public abstract Delegate Getter { get; }

    public static bool Supports(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    public static ReadAheadColumn Create(DataViewSchema.Column column, DataViewRow input, int size, Func<int> slot)
    {
        Type kind = column.Type is VectorDataViewType vector
            ? typeof(OfVectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(OfScalars<>).MakeGenericType(column.Type.RawType);
        return (ReadAheadColumn)Activator.CreateInstance(kind, column, input, size, slot)!;
    }

    public abstract void Read(int slot);

    private sealed class OfScalars<T>(DataViewSchema.Column column, DataViewRow input, int size, Func<int> slot) : ReadAheadColumn
    {
        private readonly T[] _values = new T[size];
        private readonly ValueGetter<T> _get = input.GetGetter<T>(column);

        public override Delegate Getter => (ValueGetter<T>)((ref T value) => value = _values[slot()]);

        public override void Read(int slot) => _get(ref _values[slot]);
    }

    private sealed class OfVectors<T>(DataViewSchema.Column column, DataViewRow input, int size, Func<int> slot) : ReadAheadColumn
    {
        private readonly VBuffer<T>[] _values = new VBuffer<T>[size];
        private readonly ValueGetter<VBuffer<T>> _get = input.GetGetter<VBuffer<T>>(column);

        public override Delegate Getter => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[slot()].CopyTo(ref value));

        public override void Read(int slot) => _get(ref _values[slot]);
    }
}
