using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class IdxCursorTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_cursor_without_columns_still_counts_the_rows()
    {
        using DataViewRowCursor cursor = TwoRows().GetRowCursor([]);

        Assert.IsTrue(cursor.MoveNext());
        Assert.IsTrue(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Positions_and_row_ids_count_from_0_and_stand_outside_before_and_after()
    {
        using DataViewRowCursor cursor = TwoRows().GetRowCursor([]);
        ValueGetter<DataViewRowId> idGetter = cursor.GetIdGetter();
        DataViewRowId id = default;

        Assert.AreEqual(-1, cursor.Position);
        cursor.MoveNext();
        cursor.MoveNext();
        idGetter(ref id);
        Assert.AreEqual(new DataViewRowId(1, 0), id);
        Assert.AreEqual((1L, 0L), (cursor.Position, cursor.Batch));
        cursor.MoveNext();
        Assert.AreEqual(-1, cursor.Position);
    }

    [TestMethod]
    public void Getters_refuse_before_the_first_row_and_after_the_last()
    {
        IDataView data = TwoRows();
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(data.Schema["Features"]);
        ValueGetter<uint> label = cursor.GetGetter<uint>(data.Schema["Label"]);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();

        void AllRefuse()
        {
            Assert.ThrowsExactly<InvalidOperationException>(() => Get(features));
            Assert.ThrowsExactly<InvalidOperationException>(() => Get(label));
            Assert.ThrowsExactly<InvalidOperationException>(() => Get(id));
        }

        AllRefuse();
        while (cursor.MoveNext())
            Assert.AreEqual(15, Get(features).Length);
        AllRefuse();
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void A_disposed_cursor_has_no_rows_left()
    {
        DataViewRowCursor cursor = TwoRows().GetRowCursor([]);
        cursor.MoveNext();
        cursor.Dispose();

        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void A_getter_of_the_wrong_type_names_the_column_and_its_type()
    {
        IDataView data = TwoRows();
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<double>>(data.Schema["Features"]));
        StringAssert.StartsWith(error.Message, "Column 'Features' is Vector<Single, 5, 3>; it has no getter of ");
    }

    [TestMethod]
    public void An_inactive_column_has_no_getter()
    {
        IDataView data = TwoRows();
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Label"]]);

        Assert.IsFalse(cursor.IsColumnActive(data.Schema["Features"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<float>>(data.Schema["Features"]));
    }

    [TestMethod]
    public void Two_cursors_at_once_each_keep_their_place()
    {
        IDataView data = TwoRows();
        using DataViewRowCursor ahead = data.GetRowCursor(data.Schema);
        using DataViewRowCursor behind = data.GetRowCursorSet(data.Schema, 4).Single();
        ahead.MoveNext();
        ahead.MoveNext();
        behind.MoveNext();

        Assert.AreEqual(15 / 255f, Get(ahead.GetGetter<VBuffer<float>>(data.Schema["Features"])).GetItemOrDefault(0));
        Assert.AreEqual(0f, Get(behind.GetGetter<VBuffer<float>>(data.Schema["Features"])).GetItemOrDefault(0));
        Assert.AreEqual(1u, Get(behind.GetGetter<uint>(data.Schema["Label"])));
    }

    private IDataView TwoRows() => _ml.Data.LoadFromIdx(_folder.Images("images", 2), _folder.PackedLabels("labels", 0, 1));

    private static T Get<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}
