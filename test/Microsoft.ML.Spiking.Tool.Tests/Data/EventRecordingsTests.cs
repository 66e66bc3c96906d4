using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>Recordings of events as --data: "left" fires on the left and then on the right of a camera of 2 x 1, "right" the other way.</summary>
[TestClass]
public sealed class EventRecordingsTests : IDisposable
{
    private const int Recordings = 40, Steps = 10, Units = 4;

    // What trains a network that tells them apart, in a second.
    private static readonly string[] s_training = ["--columns", "4", "--neurons", "16", "--batches", "150", "--batch-size", "20", "--seed", "1"];

    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model.zip"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_table_of_events_is_trained_on_and_answered_for()
    {
        string data = WriteTable("events.csv");
        TrainsAndAnswers(data, ["--time-unit", "1us"], ["--bin", "1ms", "--bins", "10", "--units", "4"], "40 recordings of 4 units in 10 steps", firstName: "r0");
    }

    [TestMethod]
    public void So_is_one_whose_cells_are_apart_by_semicolons()
    {
        string data = WriteTable("events.csv");
        File.WriteAllText(data, File.ReadAllText(data).Replace(',', ';'));
        TrainsAndAnswers(data, ["--time-unit", "1us"], ["--bin", "1ms", "--bins", "10", "--units", "4"], "40 recordings of 4 units in 10 steps", firstName: "r0");
    }

    [TestMethod]
    public void A_folder_of_bin_recordings_is_trained_on_and_answered_for()
        => TrainsAndAnswers(WriteFolder("camera"), ["--size", "2x1"], ["--bin", "1ms", "--bins", "10"], "40 recordings of 4 units in 10 steps",
            firstName: Path.Combine("left", "00.bin"));

    [TestMethod]
    public void A_folder_of_AEDAT4_recordings_is_trained_on_and_answered_for()
    {
        string data = WriteAedat("camera");
        TrainsAndAnswers(data, [], ["--bin", "1ms", "--bins", "10"], "40 recordings of 4 units in 10 steps", firstName: Path.Combine("left", "00.aedat4"));

        Answer one = Answer.To("predict", Path.Combine(data, "right", "01.aedat4"), "-m", Model);
        StringAssert.StartsWith(one.Lines.Single(), "01.aedat4\tright\t", one.Errors);
    }

    [TestMethod]
    public void Of_several_streams_of_AEDAT4_one_is_named()
    {
        var events = Events().Where(e => e.Recording == 0).Select(e => (1_700_000_000_000_000L + e.Microseconds, e.X, 0, e.On)).ToArray();
        string path = _folder["two.aedat4"];
        File.WriteAllBytes(path, AedatFile.Bytes(AedatFile.None, AedatFile.Info((0, "EVTS", 9, 9), (3, "EVTS", 2, 1)), pack: null, indexed: false,
            (3, AedatFile.Events(events), events.Length), (0, AedatFile.Events((5, 8, 8, true)), 1)));
        Train(WriteAedat("camera"), "--bin", "1ms", "--bins", "10");

        Answer.To("predict", path, "-m", Model).FailsWith(ExitCode.Data, "those of events are 0, 3; say with Stream which to read.");
        StringAssert.StartsWith(Answer.To("predict", path, "-m", Model, "--stream", "3").Lines.Single(), "two.aedat4\tleft\t");
        Answer.To("predict", WriteTable("events.csv"), "-m", Model, "--stream", "-1").FailsWith(ExitCode.Usage, "--stream is '-1', but it must be a whole number of at least 0.");
    }

    [TestMethod]
    public void An_HDF5_file_of_spikes_is_trained_on_and_answered_for()
        => TrainsAndAnswers(WriteHdf5("spikes.h5"), [], ["--bin", "1ms", "--bins", "10", "--units", "4"], "40 recordings of 4 units in 10 steps", firstName: null);

    [TestMethod]
    public void Without_the_width_of_a_step_it_asks_for_it()
    {
        Asks("how long a time step is was not said", WriteFolder("camera"));
        Asks("how long a time step is was not said", WriteHdf5("spikes.h5"));
        Asks("How many time steps a recording of ", WriteHdf5("spikes.h5"), "--bin", "1ms");
        Asks("How many units ", WriteTable("events.csv"), "--bin", "1ms", "--bins", "10");
        Asks("10 steps of 2147483647 units are", WriteHdf5("spikes.h5"), "--bin", "1ms", "--bins", "10", "--units", "2147483647");
    }

    [TestMethod]
    [DataRow("--bin", "10")]
    [DataRow("--bin", "0ms")]
    [DataRow("--bin", "-1ms")]
    [DataRow("--time-unit", "1m")]
    public void A_time_that_is_none_is_refused_with_what_it_must_be(string option, string word)
        => Answer.To("train", "-d", "a.h5", option, word).FailsWith(ExitCode.Usage, $"{option} is '{word}', but it must be a time above 0, as in 10ms, 500us or 1s.");

    [TestMethod]
    public void What_is_said_of_events_is_refused_where_there_are_none()
    {
        string table = Toy.WriteCsv(_folder["toy.csv"], "left", "right"), pictures = Toy.DrawFolder(_folder["pictures"]);
        Asks("--bins is for recordings of events, but the data are 2 rows of toy.csv", table, "--bins", "10");
        Asks("--bin is for recordings of events, but the data are 6 images of 2 classes", pictures, "--bin", "10ms");
    }

    [TestMethod]
    public void What_a_kind_of_recordings_has_no_use_for_is_refused()
    {
        Asks("--units says nothing of .bin recordings.", WriteFolder("camera"), "--bin", "1ms", "--bins", "10", "--units", "4");
        Asks("--time-unit says nothing of .aedat4 recordings.", WriteAedat("dv"), "--bin", "1ms", "--bins", "10", "--time-unit", "1us");
        Asks("--stream says nothing of an .h5 file.", WriteHdf5("spikes.h5"), "--bin", "1ms", "--bins", "10", "--stream", "1");
        Asks("--stream says nothing of a table of events.", WriteTable("events.csv"), "--bin", "1ms", "--bins", "10", "--stream", "1");
    }

    [TestMethod]
    public void What_is_wrong_with_a_recording_ends_with_3_and_its_name()
    {
        string folder = WriteFolder("camera");
        File.WriteAllBytes(Path.Combine(folder, "left", "00.bin"), [1, 2, 3]);

        Answer.To(["train", "-d", folder, "-o", Model, "--bin", "1ms", "--bins", "10", "--size", "2x1"])
            .FailsWith(ExitCode.Data, $"'{Path.Combine(folder, "left", "00.bin")}' has 3 bytes");
    }

    [TestMethod]
    public void Events_that_come_too_late_are_counted_in_a_warning()
        => StringAssert.Contains(Train(WriteTable("events.csv"), "--bin", "1ms", "--time-unit", "1us", "--bins", "7", "--units", "4").Errors,
            "warning: '" + _folder["events.csv"] + "': 40 of 320 events, in 40 of 40 recordings, come after the last of 7 steps of 1 ms");

    [TestMethod]
    [DataRow("10ms", 100_000L, "10ms")]
    [DataRow("500us", 5000L, "500us")]
    [DataRow("0.5ms", 5000L, "500us")]
    [DataRow("2µs", 20L, "2us")]
    [DataRow("1s", 10_000_000L, "1000ms")]
    public void Times_are_read_as_people_write_them_and_written_so_that_they_are_read_again(string text, long ticks, string written)
    {
        Assert.AreEqual(ticks, TimeText.Parse(text)!.Value.Ticks);
        Assert.AreEqual(written, TimeText.Of(TimeSpan.FromTicks(ticks)));
        Assert.AreEqual(ticks, TimeText.Parse(written)!.Value.Ticks);
    }

    [TestMethod]
    public void A_folder_of_images_with_a_stray_bin_file_is_one_of_images()
    {
        string pictures = Toy.DrawFolder(_folder["pictures"]);
        File.WriteAllBytes(Path.Combine(pictures, "left", "cache.bin"), [1]);

        Assert.IsFalse(EventRecordings.IsFolder(pictures));
        Assert.IsTrue(EventRecordings.IsFolder(WriteFolder("camera")));
    }

    private void TrainsAndAnswers(string data, string[] both, string[] toTrain, string source, string? firstName)
    {
        Answer trained = Train(data, [.. both, .. toTrain, "--test", data]);
        Assert.AreEqual(ExitCode.Done, trained.Code, trained.Errors);
        StringAssert.Contains(trained.Errors, source);
        // What next: with all that the model does not know.
        for (int option = 0; option < both.Length; option += 2) StringAssert.Contains(trained.Errors, $"{both[option]} {both[option + 1]}");

        StringAssert.Contains(Answer.To("info", "-m", Model).Output, "for 10 steps of 1 ms; ");

        // The model knows steps, how long they are, and units.
        Answer evaluated = Answer.To(["evaluate", "-m", Model, "-d", data, "--json", .. both]);
        Assert.AreEqual(ExitCode.Done, evaluated.Code, evaluated.Errors);
        Assert.AreEqual(1, evaluated.Json.GetProperty("microAccuracy").GetDouble());

        Answer predicted = Answer.To(["predict", data, "-m", Model, .. both]);
        Assert.HasCount(Recordings, predicted.Lines, predicted.Errors);
        StringAssert.StartsWith(predicted.Lines[0], firstName ?? "0");
        StringAssert.Contains(predicted.Lines[0], "left");

        Answer reported = Answer.To(["report", "-m", Model, "-d", data, "-o", _folder["report.html"], .. both]);
        Assert.AreEqual(ExitCode.Done, reported.Code, reported.Errors);

        Answer.To(["evaluate", "-m", Model, "-d", data, "--bin", "2ms", .. both])
            .FailsWith(ExitCode.Usage, "--bin is 2ms, but the model was trained on time steps of 1ms.");
    }

    private void Asks(string message, string data, params string[] options)
        => Answer.To(["train", "-d", data, "-o", Model, .. options]).FailsWith(ExitCode.Usage, message);

    private Answer Train(string data, params string[] options) => Answer.To(["train", "-d", data, "-o", Model, .. s_training, .. options]);

    /// <summary>Eight events a recording, at 0 to 7 ms.</summary>
    private static IEnumerable<(string Class, int Recording, int X, bool On, int Microseconds)> Events()
        => from recording in Enumerable.Range(0, Recordings)
           from i in Enumerable.Range(0, 8)
           select (recording % 2 == 0 ? "left" : "right", recording, (i < 4) == (recording % 2 == 0) ? 0 : 1, (i + recording) % 3 == 0, 1000 * i + 17 * recording);

    private string WriteTable(string name)
    {
        string[] lines = [.. Events().Select(e => string.Create(CultureInfo.InvariantCulture, $"r{e.Recording},{e.Microseconds},{(e.On ? 2 : 0) + e.X},{e.Class}"))];
        return _folder.Write(name, string.Join('\n', ["sample,time,unit,label", .. lines]));
    }

    private string WriteFolder(string name)
    {
        foreach (var recording in Events().GroupBy(e => (e.Class, e.Recording)))
        {
            string path = _folder[Path.Combine(name, recording.Key.Class, $"{recording.Key.Recording:D2}.bin")];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, [.. recording.SelectMany(e => (byte[])[(byte)e.X, 0, (byte)(e.On ? 0x80 : 0), (byte)(e.Microseconds >> 8), (byte)e.Microseconds])]);
        }
        return _folder[name];
    }

    private string WriteAedat(string name)
    {
        foreach (var recording in Events().GroupBy(e => (e.Class, e.Recording)))
        {
            string path = _folder[Path.Combine(name, recording.Key.Class, $"{recording.Key.Recording:D2}.aedat4")];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, AedatFile.Recording(AedatFile.None, pack: null, width: 2, height: 1, perPacket: 3,
                [.. recording.Select(e => (1_700_000_000_000_000L + e.Microseconds, e.X, 0, e.On))]));
        }
        return _folder[name];
    }

    private string WriteHdf5(string name)
    {
        var rows = Events().GroupBy(e => e.Recording).Select(recording => recording.ToArray()).ToArray();
        File.WriteAllBytes(_folder[name], ShdFile.Bytes(
            Array.ConvertAll(rows, row => Array.ConvertAll(row, e => e.Microseconds / 1e6)), Array.ConvertAll(rows, row => Array.ConvertAll(row, e => (ushort)((e.On ? 2 : 0) + e.X))),
            Array.ConvertAll(rows, row => row[0].Class == "left" ? 0 : 1), ["left", "right"]));
        return _folder[name];
    }
}
