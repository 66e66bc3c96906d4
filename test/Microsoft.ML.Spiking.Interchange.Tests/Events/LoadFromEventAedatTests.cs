using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Events;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Events;

[TestClass]
public sealed class LoadFromEventAedatTests : IDisposable
{
    private const long Start = 1_700_000_000_000_000;

    private static readonly EventAedatOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(1), Steps = 20 };

    // Darker at x 0, y 1; brighter at x 2, y 1, 2.5 ms later; and, in another packet, darker at x 1, y 0, 19.999 ms after the first.
    private static readonly (long, int, int, bool)[] s_events = [(Start, 0, 1, false), (Start + 2500, 2, 1, true), (Start + 19_999, 1, 0, false)];

    private static readonly (int, int)[] s_spikes = [(0, 3), (2, 6 + 3 + 2), (19, 1)];

    private readonly MLContext _ml = new(seed: 1);
    private readonly EventFiles _files = new();
    private readonly List<string> _warnings = [];

    public LoadFromEventAedatTests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == Runtime.ChannelMessageKind.Warning) _warnings.Add(line.RawMessage);
    };

    public static IEnumerable<object?[]> Packings =>
    [
        [AedatFile.None, null], [AedatFile.Lz4, (Func<byte[], byte[]>)AedatPackings.Lz4], [AedatFile.Lz4High, (Func<byte[], byte[]>)AedatPackings.Lz4],
        [AedatFile.Zstd, (Func<byte[], byte[]>)AedatPackings.Zstd], [AedatFile.ZstdHigh, (Func<byte[], byte[]>)AedatPackings.Zstd],
    ];

    public void Dispose() => _files.Dispose();

    [TestMethod]
    [DynamicData(nameof(Packings))]
    public void Each_event_is_a_spike_of_its_pixel_and_polarity_in_its_step_after_the_first(int packing, Func<byte[], byte[]>? pack)
    {
        _files.WriteBin("a/one.aedat4", AedatFile.Recording(packing, pack, width: 3, height: 2, perPacket: 2, s_events));

        IDataView view = _ml.Data.LoadFromEventAedat(_files.Folder, s_options);

        Assert.AreEqual(new VectorDataViewType(BooleanDataViewType.Instance, 20, 12), view.Schema["Features"].Type);
        CollectionAssert.AreEqual(s_spikes, EventFiles.Spikes(view).Single());
        CollectionAssert.AreEqual((string[])[Path.Combine("a", "one.aedat4")], view.GetColumn<string>("Sample").ToArray());
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DynamicData(nameof(Packings))]
    public void Many_packets_of_many_events_are_read_to_the_last(int packing, Func<byte[], byte[]>? pack)
    {
        (long Time, int X, int Y, bool On)[] events = [.. Enumerable.Range(0, 30_000).Select(i => (Start + i, i * 7 % 300, i * 3 % 200, i % 3 == 0))];
        _files.WriteBin("one.aedat4", AedatFile.Recording(packing, pack, 300, 200, perPacket: 7000, events));

        (int, int)[] expected = [.. events.Select(e => ((int)(e.Time - Start) / 1000, (e.On ? 60_000 : 0) + e.Y * 300 + e.X)).Distinct().Order()];
        CollectionAssert.AreEqual(expected, EventFiles.Spikes(_ml.Data.LoadFromEventAedat(_files.Folder, s_options with { Steps = 30 })).Single());
    }

    [TestMethod]
    public void Subfolders_are_classes_and_a_file_alone_has_none()
    {
        foreach (string name in (string[])["10/b.aedat4", "9/a.aedat4"]) _files.WriteBin(name, Recording());

        IDataView view = _ml.Data.LoadFromEventAedat(_files.Folder, s_options);
        CollectionAssert.AreEqual((string[])["9", "10"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual((uint[])[2, 1], view.GetColumn<uint>("Label").ToArray());

        IDataView alone = _ml.Data.LoadFromEventAedat(_files["9/a.aedat4"], s_options);
        Assert.IsNull(alone.Schema.GetColumnOrNull("Label"));
        CollectionAssert.AreEqual((string[])["a.aedat4"], alone.GetColumn<string>("Sample").ToArray());
        CollectionAssert.AreEqual(s_spikes, EventFiles.Spikes(alone).Single());
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Data.LoadFromEventAedat(_files["absent"], s_options));
    }

    [TestMethod]
    public void Other_streams_are_passed_over_and_named()
    {
        string path = _files.WriteBin("one.aedat4", AedatFile.Bytes(AedatFile.None, AedatFile.Info((2, "IMUS", 0, 0), (1, "EVTS", 3, 2), (0, "FRME", 3, 2)), pack: null,
            indexed: true, (0, AedatFile.Other("FRME", 600), 1), (1, AedatFile.Events(s_events), 3), (2, AedatFile.Other("IMUS", 9), 1)));

        CollectionAssert.AreEqual(s_spikes, EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options)).Single());
        Assert.AreEqual($"'{path}': besides stream 1, of events, 0 (FRME), 2 (IMUS) are passed over.", _warnings.Single());
    }

    [TestMethod]
    public void Of_several_streams_of_events_one_must_be_named()
    {
        string path = _files.WriteBin("one.aedat4", AedatFile.Bytes(AedatFile.None, AedatFile.Info((0, "EVTS", 9, 9), (3, "EVTS", 3, 2), (4, "TRIG", 0, 0)), pack: null,
            indexed: true, (3, AedatFile.Events(s_events), 3), (0, AedatFile.Events((5, 8, 8, true)), 1)));

        Refuses(path, s_options, "it has several streams of events; those of events are 0, 3; say with Stream which to read.");
        Refuses(path, s_options with { Stream = 4 }, "its stream 4 (TRIG) has no events; those of events are 0, 3.");
        Refuses(path, s_options with { Stream = 1 }, "it has no stream 1; those of events are 0, 3.");
        CollectionAssert.AreEqual(s_spikes, EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options with { Stream = 3 })).Single());
    }

    [TestMethod]
    public void A_file_that_describes_no_stream_has_one_of_a_camera_that_is_stated()
    {
        string path = _files.WriteBin("one.aedat4", AedatFile.Bytes(AedatFile.None, AedatFile.Info(), pack: null, indexed: false, (0, AedatFile.Events(s_events), 3)));

        Refuses(path, s_options, "it does not say how large the camera of stream 0 is; give Width and Height.");
        CollectionAssert.AreEqual(s_spikes, EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options with { Width = 3, Height = 2 })).Single());
    }

    // Written by AEStream (its save_header, save_events and save_footer, of commit a1a695e) with Google's flatbuffers and liblz4, of these events; that program
    // reads a file of AedatFile's packed by LZ4 as well, event for event.
    [TestMethod]
    public void What_another_program_wrote_is_read()
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "Fixtures", "aestream.aedat4");

        var view = _ml.Data.LoadFromEventAedat(path, s_options with { Steps = 200, Width = 6, Height = 5 });

        CollectionAssert.AreEqual(Enumerable.Range(0, 300).Select(i => (i * 613 / 1000, (i % 3 == 0 ? 30 : 0) + i / 2 % 5 * 6 + i % 6)).Distinct().Order().ToArray(),
            EventFiles.Spikes(view).Single());

        static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
    }

    [TestMethod]
    public void Recordings_of_cameras_of_two_sizes_are_refused_unless_a_size_is_stated()
    {
        string small = _files.WriteBin("a/one.aedat4", Recording());
        string large = _files.WriteBin("b/one.aedat4", AedatFile.Recording(AedatFile.None, pack: null, 4, 3, perPacket: 9, s_events));
        IDataView view = _ml.Data.LoadFromEventAedat(_files.Folder, s_options);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(view)).Message;

        StringAssert.StartsWith(message, $"The camera of '{large}' has 4 x 3 pixels, that of '{small}' 3 x 2;");
        CollectionAssert.AreEqual(new[] { (0, 4), (2, 12 + 4 + 2), (19, 1) },
            EventFiles.Spikes(_ml.Data.LoadFromEventAedat(_files.Folder, s_options with { Width = 4, Height = 3 }))[0]);
    }

    [TestMethod]
    public void An_event_that_cannot_be_is_refused_by_file_and_number()
    {
        RefusesEvent("Event 1 of '{0}', from 0, is at x 3, y 0, outside 3 x 2;", (Start, 0, 0, true), (Start, 3, 0, true));
        RefusesEvent("Event 0 of '{0}', from 0, is at x 0, y -1, outside 3 x 2;", (Start, 0, -1, true));
        RefusesEvent($"Event 1 of '{{0}}', from 0, is at {Start - 1} µs, before the recording's first at {Start} µs;", (Start, 0, 0, true), (Start - 1, 0, 0, true));
    }

    [TestMethod]
    public void Times_from_one_end_to_the_other_are_late_and_no_more()
    {
        string path = _files.WriteBin("one.aedat4", AedatFile.Recording(AedatFile.None, pack: null, 3, 2, perPacket: 9, (long.MinValue, 0, 0, false), (long.MaxValue, 0, 0, true)));

        CollectionAssert.AreEqual(new[] { (0, 0) }, EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options)).Single());
        StringAssert.Contains(_warnings.Single(), "1 of 2 events, in 1 of 1 recordings, come after the last of 20 steps");
    }

    [TestMethod]
    public void A_recording_without_an_event_is_silent()
    {
        string path = _files.WriteBin("one.aedat4", AedatFile.Recording(AedatFile.None, pack: null, 3, 2, perPacket: 9));

        Assert.IsEmpty(EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options)).Single());
    }

    [TestMethod]
    public void What_is_wrong_with_a_file_is_said_by_its_name()
    {
        byte[] sound = Recording();
        RefusesFile([], "it does not begin with #!AER-DAT4.0.");
        RefusesFile([.. "#!AER-DAT3.1\r\nmore and more"u8], "it is of another version of AEDAT than 4.0");
        RefusesFile(sound[..16], "its header is cut short.");
        RefusesFile(sound[..100], "its header is cut short.");
        RefusesFile(AedatFile.Bytes(7, AedatFile.Info(), pack: null, indexed: true), "its packets are packed in way 7");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "FRME", 3, 2)), pack: null, indexed: true), "none of its streams is of events: 0 (FRME).");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 3, 2), (0, "EVTS", 3, 2)), pack: null, indexed: true), "its header describes a stream twice.");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 30_000, 30_000)), pack: null, indexed: true), "has 30000 pixels a line, or lines;");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 33_000, 2)), pack: null, indexed: true), "sizeX is '33000'");
        RefusesFile(AedatFile.Bytes(0, "<dv><node", pack: null, indexed: true), "damaged, or is not an AEDAT4 file");
        RefusesFile(AedatFile.Bytes(0, "<!DOCTYPE dv [<!ENTITY a \"a\">]><dv>&a;</dv>", pack: null, indexed: true), "DTD");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 3, 2)), pack: null, indexed: true, (0, AedatFile.Other("IMUS", 9), 1)), "says that it holds none");
        RefusesFile(AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 3, 2)), pack: null, indexed: true, (0, [], 0)), "says that 0 bytes are in it, but there are 0.");
        byte[] open = AedatFile.Bytes(0, AedatFile.Info((0, "EVTS", 3, 2)), pack: null, indexed: false, (0, AedatFile.Events(s_events), 3));
        RefusesFile(open[..^1], "is cut short, as packets end at byte");
        RefusesFile([.. open, 1, 2, 3], "is cut short, as packets end at byte");
    }

    [TestMethod]
    public void Without_the_package_that_unpacks_Zstandard_it_is_named()
    {
        AedatStream[] streams = [new(0, "EVTS", 3, 2)];

        foreach (AedatPacking packing in (AedatPacking[])[AedatPacking.Zstd, AedatPacking.ZstdHigh])
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(
                () => EventAedat.Stream(new AedatHeader(packing, DataEnd: null, streams), stated: null, unpacksZstd: false)).Message,
                "give the application the package ZstdSharp.Port, or save the recording again with LZ4.");
        Assert.AreEqual(streams[0], EventAedat.Stream(new AedatHeader(AedatPacking.Lz4High, DataEnd: null, streams), stated: null, unpacksZstd: false));
    }

    [TestMethod]
    public void Sizes_that_a_file_only_claims_take_no_memory()
    {
        string info = AedatFile.Info((0, "EVTS", 3, 2));
        byte[] huge = AedatFile.Bytes(0, info, pack: null, indexed: false, (0, AedatFile.Events(s_events), 3));
        BitConverter.TryWriteBytes(huge.AsSpan(huge.Length - 3 * 16 - 4), int.MaxValue);   // the vector's length
        foreach (byte[] file in (byte[][])
        [
            huge,
            AedatFile.Bytes(AedatFile.Lz4, info, AedatPackings.Lz4, indexed: false, (0, new byte[100_000_000], 1)),
            AedatFile.Bytes(AedatFile.Zstd, info, AedatPackings.Zstd, indexed: false, (0, new byte[100_000_000], 1)),
        ])
        {
            string path = _files.WriteBin("bomb.aedat4", file);
            long before = GC.GetTotalAllocatedBytes();
            Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options)));
            Assert.IsLessThan(200_000_000, GC.GetTotalAllocatedBytes() - before);
        }
    }

    [TestMethod]
    public void A_window_of_Zstandard_that_is_larger_than_packets_are_is_refused()
    {
        // A frame of no content whose window would have 2 GB.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 21 << 3, 0x01, 0x00, 0x00];
        string path = _files.WriteBin("one.aedat4", AedatFile.Bytes(AedatFile.Zstd, AedatFile.Info((0, "EVTS", 3, 2)), _ => frame, indexed: false, (0, [], 1)));

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, s_options))).Message, "memory");
    }

    private static byte[] Recording() => AedatFile.Recording(AedatFile.None, pack: null, width: 3, height: 2, perPacket: 2, s_events);

    private void RefusesFile(byte[] bytes, string message) => Refuses(_files.WriteBin("broken.aedat4", bytes), s_options, message);

    private void RefusesEvent(string message, params (long, int, int, bool)[] events)
    {
        string path = _files.WriteBin("broken.aedat4", AedatFile.Recording(AedatFile.None, pack: null, 3, 2, perPacket: 9, events));
        Refuses(path, s_options, string.Format(null, message, path));
    }

    private void Refuses(string path, EventAedatOptions options, string message)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => EventFiles.Spikes(_ml.Data.LoadFromEventAedat(path, options)));

        Assert.IsTrue(Trouble.Foreign.Is(error));
        StringAssert.Contains(error.Message, message);
        StringAssert.Contains(error.Message, path);
    }
}
