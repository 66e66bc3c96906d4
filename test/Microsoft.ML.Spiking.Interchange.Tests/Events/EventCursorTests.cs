using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Events;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>ML.NET's rules for views and cursors.</summary>
[TestClass]
public sealed class EventCursorTests : IDisposable
{
    private const int Recordings = 30;

    private readonly EventFiles _files = new();
    private readonly IDataView _view;

    public EventCursorTests() => _view = new MLContext(seed: 1).Data.LoadFromEventFolder(
        _files.WriteToyFolder("toy", Recordings), new EventFolderOptions { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 8, Width = 2, Height = 2 });

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Shuffled_rows_are_the_same_rows_with_the_same_ids_in_another_order()
    {
        Assert.IsTrue(_view.CanShuffle);
        var inOrder = Rows(random: null);
        var shuffled = Rows(new Random(5));

        CollectionAssert.AreNotEqual(inOrder, shuffled);
        CollectionAssert.AreEqual(inOrder, shuffled.OrderBy(row => row.Id).ToArray());
        CollectionAssert.AreEqual(shuffled, Rows(new Random(5)));
    }

    [TestMethod]
    public void Positions_count_from_0_in_any_order_and_stand_outside_before_and_after()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor([], new Random(5));

        Assert.AreEqual(-1, cursor.Position);
        for (int row = 0; row < Recordings; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(row, cursor.Position);
        }
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(0L, cursor.Batch);
    }

    [TestMethod]
    public void Getters_refuse_before_the_first_row_and_after_the_last()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_view.Schema);
        Action[] reads = [Read(cursor.GetGetter<VBuffer<bool>>(_view.Schema["Features"])), Read(cursor.GetGetter<uint>(_view.Schema["Label"])),
            Read(cursor.GetGetter<ReadOnlyMemory<char>>(_view.Schema["Sample"])), Read(cursor.GetIdGetter())];

        AllRefuse();
        while (cursor.MoveNext())
            foreach (Action read in reads) read();
        AllRefuse();

        void AllRefuse()
        {
            foreach (Action read in reads) Assert.IsTrue(Trouble.Cursor.Is(Assert.ThrowsExactly<InvalidOperationException>(read)));
        }
    }

    [TestMethod]
    public void A_getter_of_another_type_and_one_of_a_column_not_asked_for_are_refused()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor([_view.Schema["Label"]]);

        Assert.IsFalse(cursor.IsColumnActive(_view.Schema["Features"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<bool>>(_view.Schema["Features"]));
        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(_view.Schema["Label"])).Message,
            "Column 'Label' is Key<UInt32, 0-1>; it has no getter of ");
    }

    [TestMethod]
    public void Two_cursors_at_once_each_keep_their_place()
    {
        using DataViewRowCursor ahead = _view.GetRowCursor(_view.Schema), behind = _view.GetRowCursorSet(_view.Schema, 4).Single();
        for (int row = 0; row < 3; row++) ahead.MoveNext();
        behind.MoveNext();

        Assert.AreEqual(EventFiles.Spikes(_view)[0].Length, Get(behind.GetGetter<VBuffer<bool>>(_view.Schema["Features"])).Items().Count());
        Assert.AreNotEqual(Get(ahead.GetGetter<ReadOnlyMemory<char>>(_view.Schema["Sample"])).ToString(),
            Get(behind.GetGetter<ReadOnlyMemory<char>>(_view.Schema["Sample"])).ToString());
    }

    [TestMethod]
    public void A_disposed_cursor_has_no_rows_left()
    {
        DataViewRowCursor cursor = _view.GetRowCursor(_view.Schema);
        cursor.MoveNext();
        cursor.Dispose();

        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void A_recording_with_a_spike_in_every_place_is_dense()
    {
        var grid = new EventGrid(new EventShape(Steps: 2, Units: 2, BinTicks: 10));
        foreach (long ticks in (long[])[0, 9, 10, 19])
            for (int unit = 0; unit < 2; unit++) grid.Add(ticks, unit);
        CollectionAssert.AreEqual((int[])[0, 1, 2, 3], grid.Take().ToArray());
        Assert.AreEqual(0, grid.Take().Length);

        _files.WriteBin("full/0/a.bin", [.. Enumerable.Range(0, 4).SelectMany(i => EventFiles.Bin(i % 2, 0, i < 2, 0))]);
        IDataView view = new MLContext().Data.LoadFromEventFolder(_files["full"], new EventFolderOptions { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 1, Width = 2, Height = 1 });
        CollectionAssert.AreEqual((bool[])[true, true, true, true], view.GetColumn<bool[]>("Features").Single());
    }

    private (ulong Id, string Sample, uint Label, string Spikes)[] Rows(Random? random)
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_view.Schema, random);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        ValueGetter<ReadOnlyMemory<char>> sample = cursor.GetGetter<ReadOnlyMemory<char>>(_view.Schema["Sample"]);
        ValueGetter<uint> label = cursor.GetGetter<uint>(_view.Schema["Label"]);
        ValueGetter<VBuffer<bool>> features = cursor.GetGetter<VBuffer<bool>>(_view.Schema["Features"]);
        var rows = new List<(ulong, string, uint, string)>();
        while (cursor.MoveNext())
            rows.Add((Get(id).Low, Get(sample).ToString(), Get(label), string.Join(' ', Get(features).Items().Select(item => item.Key))));
        return [.. rows];
    }

    private static Action Read<T>(ValueGetter<T> getter) => () => Get(getter);

    private static T Get<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}
