using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

[TestClass]
public sealed class LoadFromEventTableTests : IDisposable
{
    private static readonly EventTableOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(100), Steps = 10, Units = 5 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();
    private readonly List<string> _warnings = [];

    public LoadFromEventTableTests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == Runtime.ChannelMessageKind.Warning) _warnings.Add(line.RawMessage);
    };

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Lines_in_any_order_become_the_spikes_of_their_recordings()
    {
        IDataView view = Load("sample,time,unit,label", "b,0.95,4,yes", "a,0.3,1,no", "b,0,0,yes", "a,0.05,2,no", "a,0.31,1,no", "a,0.3,0,no");

        CollectionAssert.AreEqual((string[])["b", "a"], view.GetColumn<string>("Sample").ToArray());
        CollectionAssert.AreEqual((uint[])[2, 1], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual((string[])["no", "yes"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual(new[] { (0, 0), (9, 4) }, EventFiles.Spikes(view)[0]);
        CollectionAssert.AreEqual(new[] { (0, 2), (3, 0), (3, 1) }, EventFiles.Spikes(view)[1]);
        Assert.AreEqual(2L, view.GetRowCount());
    }

    [TestMethod]
    public void Columns_stand_in_any_order_beside_others_and_blank_lines_and_spaces_count_nothing()
        => CollectionAssert.AreEqual(new[] { (2, 3) }, EventFiles.Spikes(Load("note, Unit ,LABEL,Sample,time", "", "\"a, b\", 3 ,x,1,0.25", "  ")).Single());

    [TestMethod]
    public void Decimal_times_between_two_steps_belong_to_the_later()
    {
        // 0.1 · 3 and others are no exact fractions of two.
        string[] lines = [.. Enumerable.Range(0, 10).Select(step => string.Create(CultureInfo.InvariantCulture, $"a,{step * 0.1},0"))];

        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(step => (step, 0)).ToArray(), EventFiles.Spikes(Load(["sample,time,unit", .. lines])).Single());
    }

    [TestMethod]
    public void Names_separator_and_unit_of_time_are_the_options()
    {
        string path = _files.WriteText("a.tsv", "id\tt\tchannel\tword", "x\t250\t1\tja");

        IDataView view = _ml.Data.LoadFromEventTable(path, s_options with
        {
            Separator = '\t', TimeUnit = TimeSpan.FromMilliseconds(1), SampleColumnName = "id", TimeColumnName = "t", UnitColumnName = "channel",
            LabelColumnName = "word",
        });

        CollectionAssert.AreEqual(new[] { (2, 1) }, EventFiles.Spikes(view).Single());
        CollectionAssert.AreEqual((uint[])[1], view.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void Without_a_column_of_labels_there_are_none()
        => CollectionAssert.AreEqual((string[])["Features", "Sample"], Load("sample,time,unit", "1,0,0").Schema.Select(column => column.Name).ToArray());

    [TestMethod]
    public void A_line_with_neither_time_nor_unit_is_a_recording_and_an_empty_label_is_missing()
    {
        IDataView view = Load("sample,time,unit,label", "quiet,,,yes", "odd,0,0,");

        CollectionAssert.AreEqual((uint[])[1, 0], view.GetColumn<uint>("Label").ToArray());
        Assert.IsEmpty(EventFiles.Spikes(view)[0]);
    }

    [TestMethod]
    public void What_comes_after_the_last_step_is_left_out_and_counted_when_the_file_is_loaded()
    {
        IDataView view = Load("sample,time,unit", "a,0.99,0", "a,1,1", "b,1.25,2", "a,1e300,3");

        StringAssert.EndsWith(_warnings.Single(), ": 3 of 4 events, in 2 of 2 recordings, come after the last of 10 steps of 100 ms and are left out.");
        CollectionAssert.AreEqual(new[] { (9, 0) }, EventFiles.Spikes(view)[0]);
        Assert.IsEmpty(EventFiles.Spikes(view)[1]);
    }

    [TestMethod]
    [DataRow("a,0,5", "the unit is '5', but it must be a whole number from 0 to 4")]
    [DataRow("a,0,-1", "the unit is '-1'")]
    [DataRow("a,0,1.5", "the unit is '1.5'")]
    [DataRow("a,0,", "the unit is ''")]
    [DataRow("a,-0.1,1", "the time is '-0.1', but it must be a number of 0 or more")]
    [DataRow("a,NaN,1", "the time is 'NaN'")]
    [DataRow("a,1e999,1", "the time is '1e999'")]
    [DataRow("a,soon,1", "the time is 'soon'")]
    [DataRow(",0,1", "the recording has no name")]
    [DataRow("a,0", "there are 2 cells, but the first line names 3 columns")]
    [DataRow("a,0,1,2", "there are 4 cells")]
    public void What_is_no_event_is_refused_by_file_and_line(string line, string message)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Load("sample,time,unit", "a,0,1", line));

        Assert.IsTrue(Trouble.Foreign.Is(error));
        StringAssert.StartsWith(error.Message, $"Line 3 of '{_files["a.csv"]}': {message}");
    }

    [TestMethod]
    public void A_recording_of_two_classes_is_refused()
        => StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Load("sample,time,unit,label", "a,0,1,yes", "a,0,1,no")).Message,
            "Line 3 of ");

    [TestMethod]
    public void A_missing_column_is_named_with_those_that_there_are()
    {
        StringAssert.Contains(Refusal("sample,t,unit", "a,0,1"), "names no column 'time', but sample, t, unit; name the columns there, or give TimeColumnName.");
        StringAssert.Contains(Refusal(), "is empty");
        StringAssert.Contains(Refusal("sample,time,unit"), "holds no event");
        StringAssert.Contains(Refusal("sample,time,unit,label", "a,0,1,"), "is empty in all lines");
        File.WriteAllBytes(_files["latin.csv"], [.. Encoding.ASCII.GetBytes("sample,time,unit\n"), 0xE9, .. Encoding.ASCII.GetBytes(",0,1\n")]);
        Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadFromEventTable(_files["latin.csv"], s_options));
        Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Data.LoadFromEventTable(_files["absent.csv"], s_options));
    }

    [TestMethod]
    public void A_quote_that_is_never_closed_is_not_read_to_the_end()
        => Assert.AreEqual($"Line 2 of '{_files["a.csv"]}': a cell has more than 65536 letters; is a quote never closed? Mend the file, or the options. [SPK7002]",
            Refusal(["sample,time,unit", "\"a,0,1", .. Enumerable.Repeat("b,0,1", 100_000)]));

    [TestMethod]
    public void Lines_are_counted_as_an_editor_does_with_blank_ones_and_cells_that_go_on_in_the_next()
        => StringAssert.StartsWith(Refusal("sample,time,unit,note", "", "a,0,1,\"one", "", "two\"", "a,0,9,"), $"Line 6 of '{_files["a.csv"]}': the unit is '9'");

    [TestMethod]
    public void A_quote_within_a_cell_is_refused_by_its_line()
        => StringAssert.StartsWith(Refusal("sample,time,unit", "a,0,1", "b\"c,0,1"), $"Line 3 of '{_files["a.csv"]}': a quote ");

    [TestMethod]
    public void Events_that_all_fall_into_the_first_step_are_warned_of()
    {
        // Seconds, taken for microseconds.
        string path = _files.WriteText("events.csv", "sample,time,unit", "a,0.5,1", "a,2.9,0", "b,1.2,2");

        _ml.Data.LoadFromEventTable(path, s_options with { TimeUnit = TimeSpan.FromMicroseconds(1) });

        Assert.AreEqual($"'{path}': all 3 events fall into the first of {s_options.Steps} steps of 100 ms, the last of them at 0.0029 ms; say with TimeUnit (the tool's "
            + "--time-unit) what a time of 1 is, or take shorter steps.", _warnings.Single());
    }

    [TestMethod]
    public void Events_that_all_come_after_the_last_step_are_warned_of()
    {
        // Microseconds, taken for seconds.
        string path = _files.WriteText("events.csv", "sample,time,unit", "a,500,1", "a,12000,0", "b,900,2");

        Assert.IsEmpty(EventFiles.Spikes(_ml.Data.LoadFromEventTable(path, s_options))[0]);

        StringAssert.StartsWith(_warnings.Single(), $"'{path}': all 3 events come after the last of {s_options.Steps} steps of 100 ms, the first of them at 500000 ms, "
            + "and are left out, so that no row has a spike; say with TimeUnit (the tool's --time-unit) what a time of 1 is, or take more or longer steps");
    }

    [TestMethod]
    public void A_table_gives_the_spikes_of_the_same_recordings_in_a_folder()
    {
        EventFolderOptions folder = new() { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 8, Width = 2, Height = 2 };
        EventTableOptions table = new() { BinWidth = folder.BinWidth, Steps = 8, Units = 8, TimeUnit = TimeSpan.FromMicroseconds(1) };
        IDataView files = _ml.Data.LoadFromEventFolder(_files.WriteToyFolder("toy", 12), folder);
        IDataView lines = _ml.Data.LoadFromEventTable(_files.WriteToyTable("toy.csv", 12), table);

        Dictionary<string, (int, int)[]> ofLines = lines.GetColumn<string>("Sample").Zip(EventFiles.Spikes(lines)).ToDictionary();
        (string File, (int, int)[] Spikes)[] ofFiles = [.. files.GetColumn<string>("Sample").Zip(EventFiles.Spikes(files))];
        Assert.HasCount(12, ofFiles);
        foreach (var (file, spikes) in ofFiles)
            CollectionAssert.AreEqual(spikes, ofLines["r" + int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture)], file);
    }

    private string Refusal(params string[] lines) => Assert.ThrowsExactly<InvalidDataException>(() => Load(lines)).Message;

    private IDataView Load(params string[] lines) => _ml.Data.LoadFromEventTable(_files.WriteText("a.csv", lines), s_options);
}
