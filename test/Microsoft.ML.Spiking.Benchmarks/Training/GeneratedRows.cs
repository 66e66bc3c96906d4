using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Rows that are made when a cursor comes to them, the same each time, and lie nowhere: those of a class stand together, each a pattern in noise.</summary>
internal sealed class GeneratedRows : IDataView
{
    /// <summary>Classes.</summary>
    public const int Classes = 10;

    /// <summary>Numbers in a row.</summary>
    public const int Inputs = 784;

    private readonly long _rows;
    private readonly CounterRandom _noise;
    private readonly float[][] _patterns;

    /// <param name="rows">How many.</param>
    /// <param name="seed">Of the noise.</param>
    public GeneratedRows(long rows, int seed = 2)
    {
        (_rows, _noise) = (rows, CounterRandom.FromSeed(seed));
        CounterRandom pattern = CounterRandom.FromSeed(1);
        _patterns = [.. Enumerable.Range(0, Classes)
            .Select(label => Enumerable.Range(0, Inputs).Select(i => (float)pattern.Uniform((ulong)(label * Inputs + i)) / 4).ToArray())];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, Inputs));
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), Classes));
        Schema = schema.ToSchema();
    }

    /// <summary>Bytes that all rows would take.</summary>
    public double Bytes => (double)_rows * Inputs * sizeof(float);

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(GeneratedRows rows) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => rows.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        private int Class => (int)(_position * Classes / rows._rows);

        public override bool MoveNext() => ++_position < rows._rows;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(column.Index == 0 ? (Delegate)(ValueGetter<VBuffer<float>>)Features : (ValueGetter<uint>)((ref uint key) => key = (uint)Class + 1));

        private void Features(ref VBuffer<float> value)
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, Inputs);
            Span<float> features = editor.Values;
            float[] pattern = rows._patterns[Class];
            for (int i = 0; i < Inputs; i += sizeof(ulong))
            {
                ulong bits = rows._noise.Bits((ulong)(_position * (Inputs / sizeof(ulong)) + i / sizeof(ulong)));
                for (int j = 0; j < sizeof(ulong); j++) features[i + j] = pattern[i + j] + (byte)(bits >> 8 * j) * (0.75f / 256);
            }
            value = editor.Commit();
        }
    }
}
