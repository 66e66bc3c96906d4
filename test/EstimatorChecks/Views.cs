using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Compares what IDataViews say and hold, to the last bit.</summary>
internal static class Views
{
    public static void SameSchema(DataViewSchema expected, DataViewSchema actual) => Assert.AreEqual(Text(expected), Text(actual));

    /// <param name="expected">The one view.</param>
    /// <param name="actual">The other.</param>
    /// <param name="apart">Whether to read each column of the other through a cursor of its own.</param>
    public static void SameValues(IDataView expected, IDataView actual, bool apart = false)
    {
        SameSchema(expected.Schema, actual.Schema);
        string[] values = Rows(expected, [.. expected.Schema]);
        Assert.AreNotEqual(0, values.Length);
        Assert.HasCount(values.Length, values.Distinct().ToArray(), "row ids must be unique");
        if (!apart)
        {
            CollectionAssert.AreEqual(values, Rows(actual, [.. actual.Schema]));
            return;
        }
        foreach (DataViewSchema.Column column in expected.Schema)
            CollectionAssert.AreEqual(Rows(expected, [column]), Rows(actual, [actual.Schema[column.Index]]), column.Name);
    }

    /// <summary>Each row of some columns as text: position, id and values.</summary>
    public static string[] Rows(IDataView view, params DataViewSchema.Column[] columns)
    {
        DataViewRowCursor cursor = view.GetRowCursor(columns);
        Assert.AreSame(view.Schema, cursor.Schema);
        return Rows(cursor, columns);
    }

    /// <summary>The same of a cursor, which is at its end afterwards.</summary>
    public static string[] Rows(DataViewRowCursor cursor, params DataViewSchema.Column[] columns)
    {
        using (cursor) return Rows(cursor, cursor, columns);
    }

    /// <summary>The same of what a mapper makes of a cursor's rows.</summary>
    public static string[] Rows(DataViewRowCursor cursor, DataViewRow row, DataViewSchema.Column[] columns)
    {
        ValueGetter<DataViewRowId> getId = row.GetIdGetter();
        Func<string>[] read = [.. columns.Select(column => (Func<string>)typeof(Views).GetMethod(nameof(Reader), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!)];
        var rows = new List<string>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getId(ref id);
            rows.Add($"{row.Position} {id}: {string.Join(" | ", read.Select(value => value()))}");
        }
        return [.. rows];
    }

    /// <summary>Rows without their positions, in the order of their ids: what two cursors share that come to them in another order.</summary>
    public static string[] Unplaced(string[] rows) => [.. rows.Select(row => row[(row.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal)];

    /// <summary>The values of rows alone.</summary>
    public static string[] Values(string[] rows) => [.. rows.Select(row => row[row.IndexOf(": ", StringComparison.Ordinal)..])];

    /// <summary>No annotation comes twice, and names and keys are as many as the type has.</summary>
    public static void SaysWhatItIs(DataViewSchema schema)
    {
        foreach (DataViewSchema.Column column in schema)
        {
            string[] names = [.. column.Annotations.Schema.Select(annotation => annotation.Name)];
            Assert.HasCount(names.Length, names.Distinct().ToArray(), column.Name);
            if (column.Annotations.Schema.GetColumnOrNull("SlotNames") is { } slots)
                Assert.AreEqual(((VectorDataViewType)column.Type).Size, ((VectorDataViewType)slots.Type).Size, $"names of the slots of {column.Name}");
            if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is { } keys)
                Assert.AreEqual((int)((KeyDataViewType)column.Type).Count, ((VectorDataViewType)keys.Type).Size, $"values of the keys of {column.Name}");
        }
    }

    /// <summary>One vector column, row by row.</summary>
    public static float[][] Vectors(IDataView view, string column) => [.. view.GetColumn<float[]>(column)];

    private static Func<string> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return Text(value);
        };
    }

    private static string Text(object? value) => value switch
    {
        VBuffer<float> floats => string.Join(' ', floats.DenseValues()),
        VBuffer<bool> bits => string.Join(' ', bits.Items(all: false).Where(item => item.Value).Select(item => item.Key)),
        VBuffer<ReadOnlyMemory<char>> texts => string.Join(' ', texts.DenseValues()),
        VBuffer<int> numbers => string.Join(' ', numbers.DenseValues()),
        ReadOnlyMemory<char> or uint or int or float or bool => value.ToString()!,
        _ => throw new NotSupportedException($"A column of {value?.GetType()} cannot be compared yet."),
    };

    private static string Text(DataViewSchema schema) => string.Join('\n', schema.Select(c =>
        $"{c.Name}: {c.Type}{(c.IsHidden ? ", hidden" : "")} ({string.Join(", ", c.Annotations.Schema.Select(a => $"{a.Name}: {a.Type} {Annotation(c.Annotations, a)}").Order())})"));

    private static string Annotation(DataViewSchema.Annotations annotations, DataViewSchema.Column of)
        => (string)typeof(Views).GetMethod(nameof(AnnotationText), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(of.Type.RawType).Invoke(null, [annotations, of])!;

    private static string AnnotationText<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column of)
    {
        T value = default!;
        annotations.GetGetter<T>(of)(ref value);
        return Text(value);
    }
}
