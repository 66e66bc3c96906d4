using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

[TestClass]
public sealed class LoadFromEventFolderTests : IDisposable
{
    private static readonly EventFolderOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 20, Width = 3, Height = 2 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();
    private readonly List<string> _warnings = [];

    public LoadFromEventFolderTests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == Runtime.ChannelMessageKind.Warning) _warnings.Add(line.RawMessage);
    };

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Each_event_is_a_spike_of_its_pixel_and_polarity_in_its_step()
    {
        // x 2, y 1, brighter, 65 536 + 2 · 256 + 3 = 66 051 us; then x 0, y 1, darker, 999 us.
        _files.WriteBin("0/a.bin", 2, 1, 0x81, 2, 3, 0, 1, 0, 3, 0xE7);

        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options with { Steps = 100 });

        Assert.AreEqual(new VectorDataViewType(BooleanDataViewType.Instance, 100, 12), view.Schema["Features"].Type);
        CollectionAssert.AreEqual(new[] { (0, 3), (66, 6 + 3 + 2) }, EventFiles.Spikes(view).Single());
        Assert.IsFalse(view.GetColumn<VBuffer<bool>>("Features").Single().IsDense);
    }

    [TestMethod]
    public void A_line_of_240_says_that_the_timer_began_again()
    {
        _files.WriteBin("0/a.bin", [.. EventFiles.Bin(0, 0, false, 500), .. EventFiles.Bin(7, 240, true, 9), .. EventFiles.Bin(0, 0, false, 600),
            .. EventFiles.Bin(0, 240, false, 0), .. EventFiles.Bin(1, 0, false, 0)]);

        // 600 + 8 192 us, and 2 · 8 192 us.
        CollectionAssert.AreEqual(new[] { (0, 0), (8, 0), (16, 1) }, EventFiles.Spikes(_ml.Data.LoadFromEventFolder(_files.Folder, s_options)).Single());
    }

    [TestMethod]
    public void Subfolders_are_classes_numbers_by_their_size_and_rows_are_called_by_their_files()
    {
        foreach (string name in (string[])["10/b.bin", "10/a.bin", "9/c.bin"]) _files.WriteBin(name, EventFiles.Bin(0, 0, true, 0));

        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);

        Assert.AreEqual(3L, view.GetRowCount());
        CollectionAssert.AreEqual((string[])["9", "10"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual((uint[])[2, 2, 1], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual((string[])[Path.Combine("10", "a.bin"), Path.Combine("10", "b.bin"), Path.Combine("9", "c.bin")],
            view.GetColumn<string>("Sample").ToArray());
    }

    [TestMethod]
    public void Stated_classes_decide_the_keys_and_another_class_is_missing()
    {
        foreach (string name in (string[])["cat/a.bin", "dog/a.bin"]) _files.WriteBin(name, EventFiles.Bin(0, 0, true, 0));

        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options with { Classes = ["fox", "dog"] });

        CollectionAssert.AreEqual((uint[])[0, 2], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual((string[])["fox", "dog"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
    }

    [TestMethod]
    public void A_folder_of_recordings_has_no_labels()
    {
        _files.WriteBin("b.bin", EventFiles.Bin(1, 0, true, 0));
        _files.WriteBin("a.bin", EventFiles.Bin(0, 0, true, 0));

        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);

        CollectionAssert.AreEqual((string[])["Features", "Sample"], view.Schema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual((string[])["a.bin", "b.bin"], view.GetColumn<string>("Sample").ToArray());
    }

    [TestMethod]
    public void What_comes_after_the_last_step_is_left_out_and_counted_once()
    {
        _files.WriteBin("0/a.bin", [.. EventFiles.Bin(0, 0, true, 0), .. EventFiles.Bin(0, 0, true, 19_999), .. EventFiles.Bin(0, 0, true, 20_000),
            .. EventFiles.Bin(0, 0, true, 31_999)]);
        _files.WriteBin("1/a.bin", EventFiles.Bin(0, 0, true, 5));
        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);
        Assert.IsEmpty(_warnings);

        for (int pass = 0; pass < 2; pass++) CollectionAssert.AreEqual(new[] { (0, 6), (19, 6) }, EventFiles.Spikes(view)[0]);

        Assert.AreEqual($"'{_files.Folder}': 2 of 5 events, in 1 of 2 recordings, come after the last of 20 steps of 1 ms and are left out; 32 steps would hold "
            + "them all.", _warnings.Single());
    }

    [TestMethod]
    public void Events_that_all_fall_into_one_step_are_warned_of_when_a_pass_has_seen_all_recordings()
    {
        foreach (string name in (string[])["a.bin", "b.bin"]) _files.WriteBin(name, [.. EventFiles.Bin(0, 0, true, 0), .. EventFiles.Bin(0, 0, true, 999)]);
        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);

        using (DataViewRowCursor part = view.GetRowCursor(view.Schema)) part.MoveNext();
        Assert.IsEmpty(_warnings);
        for (int pass = 0; pass < 2; pass++) EventFiles.Spikes(view);

        Assert.AreEqual($"'{_files.Folder}': all 4 events fall into the first of 20 steps of 1 ms, the last of them at 0.999 ms; take shorter steps.", _warnings.Single());
    }

    [TestMethod]
    public void An_event_outside_the_camera_is_refused_by_file_and_number()
    {
        string path = _files.WriteBin("0/a.bin", [.. EventFiles.Bin(0, 0, true, 0), .. EventFiles.Bin(2, 2, true, 0)]);
        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(view));

        Assert.IsTrue(Trouble.Foreign.Is(error));
        StringAssert.StartsWith(error.Message, $"Event 1 of '{path}', from 0, is at x 2, y 2, outside 3 x 2;");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(7)]
    public void A_file_that_is_cut_short_or_empty_is_refused_by_its_name(int bytes)
    {
        string path = _files.WriteBin("0/a.bin", new byte[bytes]);
        IDataView view = _ml.Data.LoadFromEventFolder(_files.Folder, s_options);

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(view)).Message, $"'{path}' has {bytes} bytes, but ");
    }

    [TestMethod]
    public void A_recording_longer_than_the_buffer_is_read_to_its_last_event()
    {
        const int Events = 20_000;
        _files.WriteBin("0/a.bin", [.. Enumerable.Range(0, Events).SelectMany(i => EventFiles.Bin(i % 3, i / 3 % 2, i % 2 == 0, i))]);

        // Event i is the only one of microsecond i; each cell of a millisecond has many.
        (int, int)[] expected = [.. Enumerable.Range(0, Events).Select(i => (i / 1000, (i % 2 == 0 ? 6 : 0) + i / 3 % 2 * 3 + i % 3)).Distinct().Order()];
        CollectionAssert.AreEqual(expected, EventFiles.Spikes(_ml.Data.LoadFromEventFolder(_files.Folder, s_options)).Single());
    }

    [TestMethod]
    public void A_folder_without_recordings_and_one_of_both_kinds_are_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadFromEventFolder(_files.Folder, s_options)).Message, "holds no .bin recordings");
        _files.WriteBin("0/a.bin", EventFiles.Bin(0, 0, true, 0));
        _files.WriteBin("a.bin", EventFiles.Bin(0, 0, true, 0));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadFromEventFolder(_files.Folder, s_options)).Message, "beside subfolders");
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Data.LoadFromEventFolder(_files["absent"], s_options));
    }

    [TestMethod]
    public void Other_files_are_passed_over_and_counted_but_hidden_ones_without_a_word()
    {
        foreach (string name in (string[])["0/a.bin", "0/notes.txt", "readme.md", ".DS_Store", "0/._a.bin", ".git/x.bin"])
            _files.WriteBin(name, EventFiles.Bin(0, 0, true, 0));

        Assert.AreEqual(1L, _ml.Data.LoadFromEventFolder(_files.Folder, s_options).GetRowCount());
        StringAssert.Contains(_warnings.Single(), ": 2 files are passed over");
    }

    [TestMethod]
    public void Rows_are_read_only_where_their_spikes_are_asked_for()
    {
        _files.WriteBin("0/a.bin", 1, 2, 3);   // no recording

        CollectionAssert.AreEqual((uint[])[1], _ml.Data.LoadFromEventFolder(_files.Folder, s_options).GetColumn<uint>("Label").ToArray());
    }
}
