using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Data;

/// <summary>Images of an IDX file and, where there are any, their labels, as rows that are read when a cursor comes to them.</summary>
internal sealed class IdxDataView(IdxFile images, IdxLabels? labels) : IDataView
{
    public const int FeaturesIndex = 0;
    public const int LabelIndex = 1;

    public IdxFile Images { get; } = images;

    public IdxLabels? Labels { get; } = labels;

    public DataViewSchema Schema { get; } = SchemaOf(images.Header, labels);

    public bool CanShuffle => false;

    public long? GetRowCount() => Images.Header.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new IdxCursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(IdxHeader images, IdxLabels? labels)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, images.Rows, images.Columns));
        if (labels is not null)
            schema.AddColumn("Label", new KeyDataViewType(typeof(uint), labels.ClassCount), KeyValues(labels.ClassCount));

        return schema.ToSchema();
    }

    private static DataViewSchema.Annotations KeyValues(int classCount)
    {
        ReadOnlyMemory<char>[] names = [.. Enumerable.Range(0, classCount).Select(c => c.ToString(CultureInfo.InvariantCulture).AsMemory())];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "KeyValues",
            new VectorDataViewType(TextDataViewType.Instance, classCount),
            (ref VBuffer<ReadOnlyMemory<char>> values) => new VBuffer<ReadOnlyMemory<char>>(classCount, names).CopyTo(ref values));

        return annotations.ToAnnotations();
    }
}
