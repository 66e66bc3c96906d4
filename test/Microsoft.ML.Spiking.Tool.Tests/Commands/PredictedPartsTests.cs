using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Commands;

/// <summary>Predictions in parts: together they are, byte for byte, those of all rows at once, whatever the rows come from and however many parts there are.</summary>
[TestClass]
public sealed class PredictedPartsTests : IDisposable
{
    private static readonly string[] s_events = ["--columns", "2", "--neurons", "8", "--batches", "3", "--batch-size", "4", "--seed", "1"];

    private readonly TemporaryFolder _folder = new();

    private string Scores => _folder[Path.Combine("out", "scores.tsv")];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(11)]
    [DataRow(14)]
    public void Parts_of_a_table_are_the_whole(int parts)
    {
        string table = Table();
        // What a cell in quotes holds may be two lines of the file.
        File.AppendAllText(table, "\"left\n\"" + string.Concat(Enumerable.Repeat(",0.5", 16)) + "\n");

        SameInParts(parts, Toy.Model, table);
        SameInParts(parts, Toy.Model, table, "--json", "--top", "2");
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(8)]
    public void Parts_of_images_are_the_whole(int parts)
    {
        string classes = Toy.DrawFolder(_folder["classes"]);
        for (int i = 0; i < 5; i++) Toy.Draw(_folder[Path.Combine("images", $"{i}.png")], i % 2);

        SameInParts(parts, Toy.Model, classes);
        SameInParts(parts, Toy.Model, _folder["images"]);
        SameInParts(parts, Toy.Model, [.. Directory.GetFiles(_folder["images"]).Order()]);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(9)]
    public void Parts_of_binary_files_are_the_whole(int parts)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 7);
        using (FileStream file = File.Create(_folder["rows.idv"])) ml.Data.SaveAsBinary(rows, file);
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 4, .. Enumerable.Range(0, 7 * 16).Select(i => (byte)(i % 4 / 2 == i / 16 % 2 ? 255 - i : 0))];

        SameInParts(parts, Toy.Model, _folder["rows.idv"]);
        SameInParts(parts, Toy.Model, _folder.WriteBytes("images-idx3-ubyte", idx));
    }

    [TestMethod]
    public void Parts_of_recordings_are_the_whole_and_read_no_others()
    {
        (string Class, (long, int, int, bool)[] Events)[] recordings =
            [.. Enumerable.Range(0, 5).Select(r => (Toy.Classes[r % 2], Enumerable.Range(0, 6).Select(i => (1000L * i, (i + r) % 2, 0, r % 3 == 0)).ToArray()))];
        for (int r = 0; r < recordings.Length; r++)
            _folder.WriteBytes(Path.Combine("camera", recordings[r].Class, $"{r}.aedat4"), AedatFile.Recording(AedatFile.None, pack: null, 2, 1, perPacket: 4, recordings[r].Events));
        string table = _folder.Write("events.csv", "sample,time,unit,label\n" + string.Concat(
            recordings.SelectMany((recording, r) => recording.Events.Select(e => $"r{r},{e.Item1},{(e.Item4 ? 2 : 0) + e.Item2},{recording.Class}\n"))));
        File.WriteAllBytes(_folder["events.h5"], ShdFile.Bytes(recordings.Select(r => r.Events.Select(e => e.Item1 / 1e6).ToArray()).ToArray(),
            recordings.Select(r => r.Events.Select(e => (ushort)((e.Item4 ? 2 : 0) + e.Item2)).ToArray()).ToArray(), labels: null));
        string model = _folder["events.zip"], camera = _folder["camera"];
        Answer trained = Answer.To(["train", "-d", camera, "-o", model, "--bin", "1ms", "--bins", "6", .. s_events]);
        Assert.AreEqual(ExitCode.Done, trained.Code, trained.Errors);

        SameInParts(3, model, camera, "--bin", "1ms");
        SameInParts(3, model, table, "--bin", "1ms", "--time-unit", "1us");
        SameInParts(7, model, _folder["events.h5"], "--bin", "1ms");

        // The last of the recordings in their order, which part 0 has nothing to do with.
        File.WriteAllText(Directory.GetFiles(camera, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last(), "no recording");
        Assert.AreEqual(ExitCode.Done, Answer.To("predict", camera, "-m", model, "--bin", "1ms", "--shard", "0/2").Code);
        Answer.To("predict", camera, "-m", model, "--bin", "1ms", "--shard", "1/2").FailsWith(ExitCode.Data, "it does not begin with #!AER-DAT4.0.");
    }

    [TestMethod]
    public void A_part_that_is_there_is_not_done_again_unless_its_model_or_data_are_newer_or_it_is_asked_for()
    {
        string table = Table(), part = Path.Combine(Path.GetDirectoryName(Scores)!, "scores-1-of-2.tsv");
        string[] ask = ["predict", table, "-m", Toy.Model, "-o", Scores, "--shard", "1/2"];
        Assert.AreEqual("", Answer.To(ask).Output);
        string sound = File.ReadAllText(part);
        File.WriteAllText(part, "mine");

        Answer again = Answer.To(ask);
        Assert.AreEqual(ExitCode.Done, again.Code);
        StringAssert.Contains(again.Errors, $"'{part}' is there already, and is left as it is; --force writes it anew.");
        Assert.AreEqual("mine", File.ReadAllText(part));

        Answer.To([.. ask, "--force"]);
        Assert.AreEqual(sound, File.ReadAllText(part));

        File.WriteAllText(part, "mine");
        File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(table).AddSeconds(-5));
        StringAssert.Contains(Answer.To(ask).Errors, $"'{part}' is older than '");
        Assert.AreEqual(sound, File.ReadAllText(part));
    }

    [TestMethod]
    public void A_part_that_cannot_be_finished_leaves_nothing()
    {
        string table = Table();
        File.AppendAllText(table, "left,1\n");
        Answer.To("predict", table, "-m", Toy.Model, "-o", Scores, "--shard", "0/2").FailsWith(ExitCode.Data, "has 2 cells");
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Scores)!));

        string image = Toy.Draw(_folder[Path.Combine("images", "a.png")], 1), broken = _folder.Write(Path.Combine("images", "b.png"), "no image");
        Answer.To("predict", image, broken, "-m", Toy.Model, "-o", Scores).FailsWith(ExitCode.Data, "b.png' cannot be read as an image.");
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Scores)!));

        Answer.To("predict", image, _folder["absent.png"], "-m", Toy.Model, "-o", Scores).FailsWith(ExitCode.Data, "absent.png' does not exist.");
        Answer.To("predict", image, "-m", _folder["absent.zip"], "-o", Scores, "--shard", "0/2").FailsWith(ExitCode.Data, "The model '");
        Answer.To("predict", image, "-m", Toy.Model, "-o", _folder.FullName, "--shard", "0/2").FailsWith(ExitCode.Data, "is a folder, but a file is to be written there.");
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Scores)!));

        Answer interrupted = Answer.To(new CancellationToken(canceled: true), "predict", image, "-m", Toy.Model, "-o", Scores, "--shard", "0/1");
        Assert.AreEqual(ExitCode.Interrupted, interrupted.Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Scores)!));
    }

    [TestMethod]
    public void All_rows_in_a_file_are_what_the_terminal_shows_and_replace_what_was_there()
    {
        string table = Table();
        Directory.CreateDirectory(Path.GetDirectoryName(Scores)!);
        File.WriteAllText(Scores, "old");

        Answer written = Answer.To("predict", table, "-m", Toy.Model, "-o", Scores);

        Assert.AreEqual("", written.Output);
        Assert.AreEqual(Answer.To("predict", table, "-m", Toy.Model).Output, File.ReadAllText(Scores));
        Answer.To("predict", table, "-m", Toy.Model, "-o", table).FailsWith(ExitCode.Usage, "is to be read, but --output would put another file in its place.");
        Answer.To("predict", table, "-m", Toy.Model, "-o", Scores, "--force").FailsWith(ExitCode.Usage, "--force is of the files of parts; give --shard and --output too.");
    }

    [TestMethod]
    public void What_two_processes_would_write_one_writes()
    {
        string table = Table();
        Directory.CreateDirectory(Path.GetDirectoryName(Scores)!);
        using (SoleWriter.Take(new Shard(0, 2).PathOf(Scores)))
            Answer.To("predict", table, "-m", Toy.Model, "-o", Scores, "--shard", "0/2").FailsWith(ExitCode.Data, "is being written by another process.");
        Assert.AreEqual(ExitCode.Done, Answer.To("predict", table, "-m", Toy.Model, "-o", Scores, "--shard", "0/2").Code);
    }

    [TestMethod]
    public void What_a_killed_process_left_is_taken_away_by_the_next_of_its_part()
    {
        string table = Table(), ours = _folder.Write(Path.Combine("out", ".scores-0-of-2.tsv.0123456789AB.partial"), "half"),
            others = _folder.Write(Path.Combine("out", ".scores-1-of-2.tsv.0123456789AB.partial"), "half");

        Answer.To("predict", table, "-m", Toy.Model, "-o", Scores, "--shard", "0/2");

        Assert.IsFalse(File.Exists(ours));
        Assert.IsTrue(File.Exists(others));
    }

    [TestMethod]
    public void All_rows_are_answered_where_no_part_is_asked_for_whatever_variables_are_set()
    {
        Answer answer = ToolProcess.Under("SLURM_ARRAY_TASK_ID=1 exec \"$@\"", "predict", Table(), "-m", Toy.Model);

        Assert.HasCount(11, answer.Lines);
        StringAssert.Contains(answer.Errors, "SLURM_ARRAY_TASK_ID is set, but all rows are asked about; --shard auto takes the part that it names.");
    }

    [TestMethod]
    public void Rows_names_beside_the_features_are_no_classes_however_many_they_are()
    {
        // More than a column of words may have before it is taken for no label, and the only one that is no feature.
        const int Rows = 70_000;
        string[] features = [.. Enumerable.Range(0, 4).Select(f => $"f{f}")];
        string training = _folder.Write("training.csv", "f0,f1,f2,f3,label\n" + string.Concat(Enumerable.Range(0, 40).Select(r => r % 2 == 0 ? "1,1,0,0,left\n" : "0,0,1,1,right\n")));
        Answer trained = Answer.To(["train", "-d", training, "-o", _folder["named.zip"], .. s_events]);
        Assert.AreEqual(ExitCode.Done, trained.Code, trained.Errors);
        string named = _folder.Write("named.csv", $"id,{string.Join(',', features)}\n" + string.Concat(Enumerable.Range(0, Rows).Select(r => $"row {r},1,1,0,0\n")));

        Answer answer = Answer.To("predict", named, "-m", _folder["named.zip"], "--shard", $"{Rows - 1}/{Rows}");

        StringAssert.StartsWith(answer.Lines.Single(), $"{Rows - 1}\t", answer.Errors);
    }

    private string Table() => Toy.WriteCsv(_folder["rows.csv"], [.. Enumerable.Range(0, 11).Select(row => Toy.Classes[row % 2])]);

    private void SameInParts(int parts, string model, params string[] data)
    {
        Answer whole = Answer.To(["predict", .. data, "-m", model]);
        Assert.AreEqual(ExitCode.Done, whole.Code, whole.Errors);
        string shown = "";
        for (int part = parts - 1; part >= 0; part--)
        {
            string[] ask = ["predict", .. data, "-m", model, "--shard", $"{part}/{parts}"];
            shown = Answer.To(ask).Output + shown;
            Answer written = Answer.To([.. ask, "-o", Scores, "--force"]);
            Assert.AreEqual(ExitCode.Done, written.Code, written.Errors);
        }

        Assert.AreEqual(whole.Output, shown);
        string[] files = [.. Directory.GetFiles(Path.GetDirectoryName(Scores)!).Order(StringComparer.Ordinal)];
        Assert.HasCount(parts, files);
        Assert.AreEqual(whole.Output, string.Concat(files.Select(File.ReadAllText)));
        Directory.Delete(Path.GetDirectoryName(Scores)!, recursive: true);
    }
}
