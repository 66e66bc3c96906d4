using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class DataSourceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Subfolders_are_classes_and_their_images_rows_of_the_size_asked_for()
    {
        using var folder = new TemporaryFolder();

        IDataView view = Open(new ImageSize(2, 1), Toy.DrawFolder(folder.FullName)).View;

        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 1, 2), view.Schema["Features"].Type);
        CollectionAssert.AreEqual((uint[])[1, 1, 1, 2, 2, 2], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(Toy.Classes.ToArray(), LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
        CollectionAssert.AreEqual((float[])[1, 0], view.GetColumn<float[]>("Features").First());
    }

    [TestMethod]
    public void What_systems_leave_among_images_is_no_class_and_no_image_and_is_counted_in_a_line()
    {
        using var folder = new TemporaryFolder();
        Toy.DrawFolder(folder.FullName);
        Toy.Draw(folder[".ipynb_checkpoints/0-checkpoint.png"], 0);
        Toy.Draw(folder["__MACOSX/0.png"], 0);
        foreach (string name in (string[])["left/._00.png", "left/.DS_Store", "right/Thumbs.db", "right/scan.tif", "readme.txt"]) folder.Write(name, "no picture");
        List<string> said = [];

        Tool.Samples samples = DataSource.OpenLabelled(_ml, new DataRequest([folder.FullName], IdxSet.Train, Label: null, Toy.Size, ImageTone.LightOnDark), InputNeeds.None, new Remarks(said.Add, said.Add));

        CollectionAssert.AreEqual(Toy.Classes.ToArray(), LabelValues.Of(samples.View.Schema["Label"])!.Texts.ToArray());
        Assert.HasCount(6, samples.View.GetColumn<float[]>("Features").ToArray());
        Assert.AreEqual(
            "7 files or folders are passed over, being hidden, no PNG, JPEG, BMP, GIF or WebP, or not where images are looked for: .ipynb_checkpoints, __MACOSX, readme.txt and 4 more.", said.Single());
    }

    [TestMethod]
    public void Folders_of_images_alone_are_read_without_a_word()
    {
        using var folder = new TemporaryFolder();
        List<string> said = [];

        DataSource.OpenLabelled(_ml, new DataRequest([Toy.DrawFolder(folder.FullName)], IdxSet.Train, Label: null, Toy.Size, ImageTone.LightOnDark), InputNeeds.None, new Remarks(said.Add, said.Add));

        Assert.IsEmpty(said);
    }

    [TestMethod]
    [DataRow("", DisplayName = "plain")]
    [DataRow(".gz", DisplayName = "packed")]
    public void A_folder_of_IDX_files_gives_the_set_asked_for(string packing)
    {
        using var folder = new TemporaryFolder();
        _ml.Data.SaveAsIdx(Dots(new() { Label = 1 }, new() { Label = 0 }), folder["t10k-images-idx3-ubyte" + packing], folder["t10k-labels-idx1-ubyte" + packing]);

        CollectionAssert.AreEqual((uint[])[2, 1], Open(null, folder.FullName).View.GetColumn<uint>("Label").ToArray());
        StringAssert.Contains(
            Assert.ThrowsExactly<Failure>(() => Open(IdxSet.Train, folder.FullName)).Message, "has no train-images-idx3-ubyte (or train-images-idx3-ubyte.gz), which the train set needs.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Two_paths_are_IDX_images_and_labels()
    {
        using var folder = new TemporaryFolder();
        _ml.Data.SaveAsIdx(Dots(new Dot { Features = [0.2f], Label = 3 }), folder["images"], folder["labels"]);

        IDataView view = Open(null, folder["images"], folder["labels"]).View;

        Assert.AreEqual(0.2f, view.GetColumn<float[]>("Features").Single()[0]);
        Assert.AreEqual(4u, view.GetColumn<uint>("Label").Single());
    }

    [TestMethod]
    public void A_label_of_numbers_in_an_idv_file_becomes_a_key_of_texts()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["a.idv"])) _ml.Data.SaveAsBinary(_ml.Data.LoadFromEnumerable([new Numbered { Label = 7 }, new Numbered { Label = 5 }]), file);

        IDataView view = Open(null, folder["a.idv"]).View;

        CollectionAssert.AreEqual((uint[])[2, 1], view.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual((string[])["5", "7"], LabelValues.Of(view.Schema["Label"])!.Texts.ToArray());
    }

    [TestMethod]
    public void What_is_no_data_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["empty"]);
        Toy.Draw(folder["one/left/a.png"], 0);

        Refuses("does not exist.", folder["absent"]);
        Refuses("holds neither IDX files nor subfolders with images.", folder["empty"]);
        Refuses("holds images of one class alone, left.", folder["one"]);
        Refuses("is no IDataView in binary form", folder.Write("a.idv", "text"));
        Refuses("is no data that this tool knows.", folder.Write("a.json", "{}"));
    }

    [TestMethod]
    [DataRow("0_anna_0.wav")]
    [DataRow("zero/0.WAV")]
    public void Who_gives_sound_is_told_who_reads_it(string file)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write($"words/{file}", "RIFF");

        StringAssert.StartsWith(Assert.ThrowsExactly<Failure>(() => Open(null, folder["words"])).Hint, "the tool reads no sound: samples/Sound", StringComparison.Ordinal);
        StringAssert.StartsWith(Assert.ThrowsExactly<Failure>(() => Open(null, path)).Hint, "the tool reads no sound: samples/Sound", StringComparison.Ordinal);
    }

    private void Refuses(string message, string path) => StringAssert.Contains(Assert.ThrowsExactly<Failure>(() => Open(null, path)).Message, message, StringComparison.Ordinal);

    private Tool.Samples Open(ImageSize? size, params string[] paths) => Open(IdxSet.Test, size, paths);

    private Tool.Samples Open(IdxSet set, params string[] paths) => Open(set, null, paths);

    private Tool.Samples Open(IdxSet set, ImageSize? size, string[] paths) => DataSource.OpenLabelled(_ml, new DataRequest(paths, set, Label: null, size, ImageTone.LightOnDark), InputNeeds.None, new Remarks(_ => { }, _ => { }));

    private IDataView Dots(params Dot[] dots) => _ml.Data.LoadFromEnumerable(dots);

    /// <summary>An image of one pixel, and its class from 0.</summary>
    private sealed class Dot
    {
        [VectorType(1, 1)]
        public float[] Features { get; set; } = [1];

        [KeyType(4)]
        public uint Label { get; set; }
    }

    private sealed class Numbered
    {
        public float Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 1];
    }
}
