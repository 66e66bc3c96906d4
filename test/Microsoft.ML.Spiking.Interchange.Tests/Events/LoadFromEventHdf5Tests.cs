using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

[TestClass]
public sealed class LoadFromEventHdf5Tests : IDisposable
{
    private static readonly EventHdf5Options s_options = new() { BinWidth = TimeSpan.FromMilliseconds(125), Steps = 8 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();
    private readonly List<string> _warnings = [];

    public LoadFromEventHdf5Tests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == Runtime.ChannelMessageKind.Warning) _warnings.Add(line.RawMessage);
    };

    public void Dispose() => _files.Dispose();

    [TestMethod]
    [DataRow("shd16.h5", "null eins zwei")]
    [DataRow("shd32.h5", "null eins zwei")]
    [DataRow("shd64.h5", "0 1 2")]
    public void What_h5py_wrote_is_read_to_the_event(string fixture, string classes)
    {
        IDataView view = _ml.Data.LoadFromEventHdf5(Fixture(fixture), s_options);

        Assert.AreEqual(4L, view.GetRowCount());
        Assert.AreEqual(new VectorDataViewType(BooleanDataViewType.Instance, 8, 700), view.Schema["Features"].Type);
        CollectionAssert.AreEqual((string[])["0", "1", "2", "3"], view.GetColumn<string>("Sample").ToArray());
        CollectionAssert.AreEqual(classes.Split(' '), LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual((uint[])[2, 1, 3, 2], view.GetColumn<uint>("Label").ToArray());
        (int, int)[][] spikes = EventFiles.Spikes(view);
        // 0.249 s is in step 1, 0.25 s in step 2.
        CollectionAssert.AreEqual(new[] { (0, 0), (1, 3), (2, 699) }, spikes[0]);
        Assert.IsEmpty(spikes[1]);
        CollectionAssert.AreEqual(new[] { (1, 5), (7, 6) }, spikes[2]);
        CollectionAssert.AreEqual(new[] { (4, 350) }, spikes[3]);
        StringAssert.Contains(_warnings.Single(), "1 of 8 events, in 1 of 4 recordings, come after the last of 8 steps of 125 ms and are left out; 11 steps");
    }

    [TestMethod]
    public void Rows_come_shuffled_as_they_come_in_order()
    {
        string path = Write([[0.1f], [0.2f, 0.3f], [], [0.4f]], [[1], [2, 3], [], [4]], [0, 1, 0, 1]);
        IDataView view = _ml.Data.LoadFromEventHdf5(path, s_options);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, new Random(3));
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        ValueGetter<VBuffer<bool>> getFeatures = cursor.GetGetter<VBuffer<bool>>(view.Schema["Features"]);
        VBuffer<bool> features = default;
        DataViewRowId id = default;
        var order = new List<ulong>();
        (int Step, int Unit)[][] rows = EventFiles.Spikes(view);
        while (cursor.MoveNext())
        {
            getId(ref id);
            getFeatures(ref features);
            order.Add(id.Low);
            CollectionAssert.AreEqual(rows[id.Low].Select(spike => spike.Step * 700 + spike.Unit).ToArray(), features.Items().Select(item => item.Key).ToArray());
        }
        CollectionAssert.AreEquivalent((ulong[])[0, 1, 2, 3], order);
    }

    [TestMethod]
    public void Halves_are_widened_before_they_are_scaled()
    {
        // In 16 bits, 7 s in microseconds would be infinite.
        var view = _ml.Data.LoadFromEventHdf5(Write([[(Half)7]], [[0]], [0]), s_options with { Steps = 57 });

        CollectionAssert.AreEqual(new[] { (56, 0) }, EventFiles.Spikes(view).Single());
    }

    [TestMethod]
    public void Stated_classes_decide_the_keys()
    {
        IDataView view = _ml.Data.LoadFromEventHdf5(Fixture("shd16.h5"), s_options with { Classes = ["zwei", "eins"] });

        CollectionAssert.AreEqual((uint[])[2, 0, 1, 2], view.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void Without_labels_there_are_none()
    {
        IDataView view = _ml.Data.LoadFromEventHdf5(Write<float>([[0.1f]], [[1]], labels: null), s_options);

        CollectionAssert.AreEqual((string[])["Features", "Sample"], view.Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void What_is_no_event_is_refused_by_file_row_and_event()
    {
        RefusesRow("Row 1 of '{0}', from 0: event 1, from 0, is of unit 700, but units go from 0 to 699", [[], [0.1f, 0.2f]], [[], [1, 700]]);
        RefusesRow("Row 0 of '{0}', from 0: event 0, from 0, is of unit -1, but", [[0.1f]], [[-1]]);
        RefusesRow("Row 0 of '{0}', from 0: event 0, from 0, is at -0.5 s, but", [[-0.5f]], [[1]]);
        RefusesRow("Row 0 of '{0}', from 0: event 0, from 0, is at NaN s, but", [[float.NaN]], [[1]]);
        RefusesRow("Row 0 of '{0}', from 0: there are 2 times, but 1 units", [[0, 1]], [[1]]);
    }

    [TestMethod]
    public void What_is_no_such_file_is_refused_when_it_is_loaded()
    {
        RefusesFile("it has 1 recordings, but 2 labels", Write<float>([[0]], [[1]], [0, 1]));
        RefusesFile("/spikes/times has 1 rows, but /spikes/units 2", Write<float>([[0]], [[1], [1]], [0]));
        RefusesFile("the label of row 0, from 0, is 3, but there are 3 names", Write<float>([[0]], [[1]], [3], ["a", "b", "c"]));
        RefusesFile("the label of row 0, from 0, is -1", Write<float>([[0]], [[1]], [-1]));
        RefusesFile("its largest label is 1000000", Write<float>([[0]], [[1]], [1_000_000]));
        RefusesFile("/extra/keys names a class twice", Write<float>([[0]], [[1]], [0], ["a", "a"]));
        RefusesFile("/spikes is not there", WriteEmpty());
        RefusesFile("HDF5", _files.WriteText("a.h5", "text"));
        Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Data.LoadFromEventHdf5(_files["absent.h5"], s_options));
    }

    [TestMethod]
    public void A_file_that_has_changed_is_refused()
    {
        IDataView view = _ml.Data.LoadFromEventHdf5(Write<float>([[0]], [[1]], [0]), s_options);
        Write<float>([[0], [0]], [[1], [1]], [0, 0]);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(view)).Message, "it held 1 recordings and now holds 2");
    }

    private void RefusesRow(string message, float[][] times, int[][] units)
    {
        string path = Write(times, units, [.. units.Select(_ => 0)]);
        IDataView view = _ml.Data.LoadFromEventHdf5(path, s_options);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(view));
        Assert.IsTrue(Trouble.Foreign.Is(error));
        StringAssert.StartsWith(error.Message, string.Format(null, message, path));
    }

    private void RefusesFile(string message, string path)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadFromEventHdf5(path, s_options));
        Assert.IsTrue(Trouble.Foreign.Is(error));
        StringAssert.Contains(error.Message, message);
        StringAssert.Contains(error.Message, $"'{path}'");
    }

    private string Write<T>(T[][] times, int[][] units, int[]? labels, string[]? names = null) where T : unmanaged
    {
        File.WriteAllBytes(_files["a.h5"], ShdFile.Bytes(times, units, labels, names));
        return _files["a.h5"];
    }

    private string WriteEmpty()
    {
        using (FileStream stream = File.Create(_files["empty.h5"])) new HdfBuilder().Write(stream);
        return _files["empty.h5"];
    }

    private static string Fixture(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Fixtures", name);
}
