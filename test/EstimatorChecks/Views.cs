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
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Assert.AreSame(view.Schema, cursor.Schema);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        Func<string>[] read = [.. columns.Select(column => (Func<string>)typeof(Views).GetMethod(nameof(Reader), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [cursor, column])!)];
        var rows = new List<string>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getId(ref id);
            rows.Add($"{cursor.Position} {id}: {string.Join(" | ", read.Select(value => value()))}");
        }
        return [.. rows];
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
        ReadOnlyMemory<char> or uint or int or float or bool => value.ToString()!,
        _ => throw new NotSupportedException($"A column of {value?.GetType()} cannot be compared yet."),
    };

    private static string Text(DataViewSchema schema) => string.Join('\n', schema.Select(c =>
        $"{c.Name}: {c.Type}{(c.IsHidden ? ", hidden" : "")} ({string.Join(", ", c.Annotations.Schema.Select(a => $"{a.Name}: {a.Type}").Order())})"));
}
