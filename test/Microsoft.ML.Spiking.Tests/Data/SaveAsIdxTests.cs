using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class SaveAsIdxTests : IDisposable
{
    private const uint Missing = uint.MaxValue;

    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("", DisplayName = "plain")]
    [DataRow(".gz", DisplayName = "packed")]
    public void What_was_loaded_is_saved_and_loads_again_to_the_bit(string packing)
    {
        // 18 images of 15 pixels hold every byte.
        byte[] labels = [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 5 % 11))];
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 18), _folder.PackedLabels("labels", labels));

        IDataView again = SaveAndLoad(data, packing);

        CollectionAssert.AreEqual(Columns(data), Columns(again));
        CollectionAssert.AreEqual(Bits(data), Bits(again));
        CollectionAssert.AreEqual(data.GetColumn<uint>("Label").ToArray(), again.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(Names(data), Names(again));
        CollectionAssert.AreEqual(IdxFolder.ImageBytes(18), Content("images again" + packing));
        CollectionAssert.AreEqual(IdxFolder.LabelBytes(labels), Content("labels again" + packing));
    }

    [TestMethod]
    public void A_path_that_ends_in_gz_is_packed_and_another_is_not()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 2), _folder.Labels("labels", 0, 1));

        _ml.Data.SaveAsIdx(data, _folder.PathOf("new.GZ"), _folder.PathOf("new"));

        CollectionAssert.AreEqual(new byte[] { 0x1f, 0x8b }, File.ReadAllBytes(_folder.PathOf("new.GZ"))[..2]);
        CollectionAssert.AreEqual(IdxFolder.LabelBytes(0, 1), File.ReadAllBytes(_folder.PathOf("new")));
    }

    [TestMethod]
    public void A_set_can_be_saved_over_the_files_that_it_is_read_from()
    {
        string images = _folder.Images("images", 3), labels = _folder.Labels("labels", 2, 0, 1);

        _ml.Data.SaveAsIdx(_ml.Data.SkipRows(_ml.Data.LoadFromIdx(images, labels), 1), images, labels);

        CollectionAssert.AreEqual(new uint[] { 1, 2 }, _ml.Data.LoadFromIdx(images, labels).GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEquivalent(new[] { images, labels }, Directory.GetFiles(_folder.PathOf("")));
    }

    [TestMethod]
    public void Every_level_may_be_off_by_rounding_as_ExtractPixels_leaves_it()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        IDataView data = Rows([.. bytes.Chunk(4).Select(four => new Row { Features = [.. four.Select(b => b * (1 / 255f))] })]);

        SaveAndLoad(data);

        CollectionAssert.AreEqual(bytes, Content("images again")[16..]);
    }

    [TestMethod]
    public void Columns_of_other_names_are_saved_too_and_an_image_may_have_one_channel()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Extracted { Pixels = [0, 1, 1, 0, 0, 1], Class = 1 }]);

        _ml.Data.SaveAsIdx(data, _folder.PathOf("images"), _folder.PathOf("labels"), nameof(Extracted.Pixels), nameof(Extracted.Class));

        CollectionAssert.AreEqual((byte[])[.. IdxFolder.Words(0x00000803, 1, 2, 3), 0, 255, 255, 0, 0, 255], Content("images"));
        CollectionAssert.AreEqual(IdxFolder.LabelBytes(1), Content("labels"));
    }

    [TestMethod]
    [DataRow(new[] { "7", "3", "7" }, new byte[] { 7, 3, 7 }, DisplayName = "numbers keep theirs")]
    [DataRow(new[] { "cat", "dog", "cat" }, new byte[] { 0, 1, 0 }, DisplayName = "names are numbered")]
    [DataRow(new[] { "7", "300", "7" }, new byte[] { 0, 1, 0 }, DisplayName = "numbers too large are names")]
    [DataRow(new[] { "7", "07", "7" }, new byte[] { 0, 1, 0 }, DisplayName = "two names of one number are names")]
    public void A_class_is_the_number_that_its_key_value_is_or_its_place(string[] values, byte[] bytes)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(values.Select(value => new Named { Label = value }).ToArray());

        SaveAndLoad(_ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows));

        CollectionAssert.AreEqual(bytes, Content("labels again")[8..]);
    }

    [TestMethod]
    public void A_view_that_does_not_know_its_count_is_counted()
    {
        IDataView data = _ml.Data.FilterRowsByMissingValues(Rows(new() { Label = 0 }, new() { Label = Missing }, new() { Label = 2 }), "Label");

        Assert.IsNull(data.GetRowCount());
        CollectionAssert.AreEqual(new uint[] { 1, 3 }, SaveAndLoad(data).GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    [DataRow(0.3f, "0.3")]
    [DataRow(0.50000006f, "0.50000006")]
    [DataRow(-1 / 255f, "-0.003921569")]
    [DataRow(256 / 255f, "1.0039216")]
    [DataRow(1e-9f, "1E-09")]
    [DataRow(float.NaN, "NaN")]
    public void A_pixel_that_is_no_byte_over_255_is_refused_by_its_row(float pixel, string shown)
        => Assert.AreEqual(
            $"Row 1, from 0, holds {shown} in 'Features', but an IDX pixel is one of 0, 1/255, 2/255 ... 1; scale the pixels and round them to these. [SPK2005]",
            Refused<InvalidOperationException>(Rows(new(), new() { Features = [0, 1, pixel, 0] })));

    [TestMethod]
    public void A_row_without_an_image_or_with_part_of_one_is_refused()
    {
        Assert.AreEqual(
            "Row 1, from 0, has no image in 'Features', but IDX cannot leave one out; take such rows out of the view first. [SPK2005]",
            Refused<InvalidOperationException>(Rows(new(), new() { Features = null! })));
        Assert.AreEqual(
            "Row 0, from 0, of 'Features' holds 3 values, but 4 are needed; give it all of them. [SPK2005]",
            Refused<InvalidOperationException>(Rows(new Row { Features = [0, 1, 0] })));
    }

    [TestMethod]
    public void A_row_without_a_class_is_refused()
        => Assert.AreEqual(
            "Row 2, from 0, has no class in 'Label', but IDX has one for every image; take such rows out first, as ml.Data.FilterRowsByMissingValues does. [SPK2005]",
            Refused<InvalidOperationException>(Rows(new() { Label = 1 }, new() { Label = 2 }, new() { Label = Missing })));

    [TestMethod]
    public void A_view_without_rows_is_refused()
        => Assert.AreEqual("The view has 0 rows, but IDX files hold from 1 to 4294967295; give it some, or fewer. [SPK2005]", Refused<InvalidOperationException>(Rows()));

    [TestMethod]
    public void Columns_that_IDX_cannot_hold_are_refused_by_their_type()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Unfit()]);

        Assert.AreEqual(
            "Column 'Flat' is Vector<Single, 4>, but IDX images are Vector<Single, [rows, columns]>; give it that type, as [VectorType(28, 28)] does. [SPK2005]",
            Refused<ArgumentException>(data, nameof(Unfit.Flat), nameof(Unfit.Class)));
        Assert.AreEqual(
            "Column 'Number' is Single, but IDX labels are classes, a Key<UInt32>; make it one with MapValueToKey. [SPK2005]",
            Refused<ArgumentException>(data, nameof(Unfit.Image), nameof(Unfit.Number)));
        Assert.AreEqual(
            "Column 'Class' has 257 classes, but the byte of an IDX label tells 256 apart; let MapValueToKey count those that occur, or take fewer. [SPK2005]",
            Refused<ArgumentException>(data, nameof(Unfit.Image), nameof(Unfit.Class)));
        Assert.AreEqual(
            "There is no column 'Label' to save; name the images' and the labels' columns. [SPK2005]",
            Refused<ArgumentException>(data, nameof(Unfit.Image)));
    }

    [TestMethod]
    public void Two_files_need_two_paths()
        => Assert.AreEqual(
            "Images and labels are both to go into 'images'; give each a file of its own. [SPK2005]",
            Assert.ThrowsExactly<ArgumentException>(() => _ml.Data.SaveAsIdx(Rows(new Row()), "images", Path.GetFullPath("images"))).Message);

    [TestMethod]
    public void A_folder_in_the_way_of_one_file_keeps_the_other_from_being_written()
    {
        string folder = Directory.CreateDirectory(_folder.PathOf("labels")).FullName;

        Assert.AreEqual(
            $"'{folder}' is to be an IDX file, but it is a folder; name a file in it. [SPK2005]",
            Assert.ThrowsExactly<IOException>(() => _ml.Data.SaveAsIdx(Rows(new Row()), _folder.PathOf("images"), folder)).Message);
        Assert.IsFalse(File.Exists(_folder.PathOf("images")));
    }

    [TestMethod]
    public void Several_at_once_leave_the_pair_of_one_of_them_and_nothing_beside_it()
    {
        Parallel.For(0, 4, count => _ml.Data.SaveAsIdx(Rows([.. Enumerable.Range(0, 1 + count).Select(_ => new Row())]), _folder.PathOf("images"), _folder.PathOf("labels")));

        CollectionAssert.AreEquivalent(new[] { _folder.PathOf("images"), _folder.PathOf("labels") }, Directory.GetFiles(_folder.PathOf("")));
    }

    [TestMethod]
    public void An_empty_path_is_refused_by_its_parameter()
        => Assert.AreEqual("labelsPath", Assert.ThrowsExactly<ArgumentException>(() => _ml.Data.SaveAsIdx(Rows(), "images", "")).ParamName);

    private IDataView Rows(params Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private IDataView SaveAndLoad(IDataView data, string packing = "")
    {
        string images = _folder.PathOf("images again" + packing), labels = _folder.PathOf("labels again" + packing);
        _ml.Data.SaveAsIdx(data, images, labels);
        return _ml.Data.LoadFromIdx(images, labels);
    }

    /// <summary>What is said of rows that are not saved; the files of before stay as they were.</summary>
    private string Refused<TError>(IDataView data, string features = "Features", string label = "Label")
        where TError : Exception
    {
        string images = _folder.Write("before", [1]), labels = _folder.Write("before.gz", [2]);

        string message = Assert.ThrowsExactly<TError>(() => _ml.Data.SaveAsIdx(data, images, labels, features, label)).Message;

        CollectionAssert.AreEqual(new byte[] { 1 }, File.ReadAllBytes(images));
        CollectionAssert.AreEqual(new byte[] { 2 }, File.ReadAllBytes(labels));
        Assert.HasCount(2, Directory.GetFiles(_folder.PathOf("")));
        return message;
    }

    private byte[] Content(string name)
    {
        using FileStream file = File.OpenRead(_folder.PathOf(name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string[] Columns(IDataView data) => [.. data.Schema.Select(column => $"{column.Name} {column.Type}")];

    private static int[] Bits(IDataView data) => [.. data.GetColumn<float[]>("Features").SelectMany(row => row).Select(BitConverter.SingleToInt32Bits)];

    private static string[] Names(IDataView data) => [.. LabelValues.Of(data.Schema["Label"])!.Texts];

    private sealed class Row
    {
        [VectorType(2, 2)]
        public float[] Features { get; set; } = [0, 0, 0, 1];

        /// <summary>From 0: ML.NET makes the key of it, which is 0 where this is no class.</summary>
        [KeyType(10)]
        public uint Label { get; set; }
    }

    private sealed class Named
    {
        [VectorType(1, 1)]
        public float[] Features { get; set; } = [0];

        public string Label { get; set; } = "";
    }

    private sealed class Extracted
    {
        [VectorType(1, 2, 3)]
        public float[] Pixels { get; set; } = [];

        [KeyType(2)]
        public uint Class { get; set; }
    }

    private sealed class Unfit
    {
        [VectorType(4)]
        public float[] Flat { get; set; } = [0, 0, 0, 0];

        [VectorType(2, 2)]
        public float[] Image { get; set; } = [0, 0, 0, 0];

        [KeyType(257)]
        public uint Class { get; set; } = 1;

        public float Number { get; set; }
    }
}
