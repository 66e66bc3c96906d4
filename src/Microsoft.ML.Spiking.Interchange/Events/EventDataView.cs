using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Recordings as rows of spike trains, which are read when a cursor comes to them.</summary>
internal sealed class EventDataView(EventSource source, EventTeller teller) : IDataView
{
    public const int FeaturesIndex = 0;
    public const int SampleIndex = 1;
    public const int LabelIndex = 2;

    public EventSource Source => source;

    public EventTeller Teller => teller;

    public DataViewSchema Schema { get; } = SchemaOf(source);

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.Rows;

    /// <summary>Some of the recordings; none of the others is read.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="rows">How many.</param>
    public IDataView Part(long first, long rows) => new EventDataView(new EventPart(source, (int)first, (int)rows), teller);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new EventCursor(this, [.. columnsNeeded.Select(column => column.Index)], source.CanShuffle ? rand : null);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(EventSource source)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(BooleanDataViewType.Instance, source.Shape.Steps, source.Shape.Units),
            StepWidth.Annotations(TimeSpan.FromTicks(source.Shape.BinTicks)));
        schema.AddColumn("Sample", TextDataViewType.Instance);
        if (source.Classes is { } classes) schema.AddColumn("Label", new KeyDataViewType(typeof(uint), classes.Names.Count), KeyValues(classes.Names));
        return schema.ToSchema();
    }

    private static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> classes)
    {
        ReadOnlyMemory<char>[] names = [.. classes.Select(name => name.AsMemory())];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> values) => new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo(ref values));
        return annotations.ToAnnotations();
    }
}
