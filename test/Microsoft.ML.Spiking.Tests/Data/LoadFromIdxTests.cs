using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class LoadFromIdxTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Features_keep_the_rows_and_columns_of_the_images()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 2), _folder.Labels("labels", 0, 3));

        var features = (VectorDataViewType)data.Schema["Features"].Type;
        Assert.AreEqual(NumberDataViewType.Single, features.ItemType);
        CollectionAssert.AreEqual(new[] { 5, 3 }, features.Dimensions.ToArray());
    }

    [TestMethod]
    public void A_pixel_is_its_byte_over_255()
    {
        byte[] image = [.. IdxFolder.Words(0x00000803, 1, 1, 4), 0, 51, 102, 255];

        IDataView data = _ml.Data.LoadFromIdx(_folder.Write("images", image));

        CollectionAssert.AreEqual(new[] { 0f, 0.2f, 0.4f, 1f }, data.GetColumn<float[]>("Features").Single());
    }

    [TestMethod]
    public void Class_c_is_the_key_c_plus_1_of_a_key_as_large_as_the_largest_label_needs()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 3), _folder.Labels("labels", 0, 3, 1));

        Assert.AreEqual(new KeyDataViewType(typeof(uint), 4), data.Schema["Label"].Type);
        CollectionAssert.AreEqual(new uint[] { 1, 4, 2 }, data.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void The_values_of_the_key_are_the_class_numbers_as_text()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 1), _folder.Labels("labels", 3));

        VBuffer<ReadOnlyMemory<char>> values = default;
        data.Schema["Label"].GetKeyValues(ref values);

        CollectionAssert.AreEqual(new[] { "0", "1", "2", "3" }, values.DenseValues().Select(value => value.ToString()).ToArray());
    }

    [TestMethod]
    public void Labels_that_are_all_0_still_make_a_key_of_two_classes()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 2), _folder.Labels("labels", 0, 0));

        Assert.AreEqual(new KeyDataViewType(typeof(uint), 2), data.Schema["Label"].Type);
    }

    [TestMethod]
    public void The_largest_byte_makes_256_classes()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 1), _folder.Labels("labels", 255));

        Assert.AreEqual(new KeyDataViewType(typeof(uint), 256), data.Schema["Label"].Type);
        Assert.AreEqual(256u, data.GetColumn<uint>("Label").Single());
    }

    [TestMethod]
    public void Gzip_is_known_by_its_content_and_not_by_its_name()
    {
        IDataView plain = _ml.Data.LoadFromIdx(_folder.Images("images.gz", 4), _folder.Labels("labels.gz", 0, 1, 2, 1));
        IDataView packed = _ml.Data.LoadFromIdx(_folder.PackedImages("images", 4), _folder.PackedLabels("labels", 0, 1, 2, 1));

        CollectionAssert.AreEqual(plain.GetColumn<uint>("Label").ToArray(), packed.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(Pixels(plain), Pixels(packed));
        Assert.AreEqual(59 / 255f, Pixels(packed)[^1]);
    }

    [TestMethod]
    public void Images_without_labels_have_no_label_column()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.PackedImages("images", 2));

        Assert.AreEqual("Features", data.Schema.Single().Name);
        Assert.AreEqual(2, data.GetColumn<float[]>("Features").Count());
    }

    [TestMethod]
    public void The_row_count_is_known_and_shuffling_is_not_offered()
    {
        IDataView data = _ml.Data.LoadFromIdx(_folder.Images("images", 7));

        Assert.AreEqual(7L, data.GetRowCount());
        Assert.IsFalse(data.CanShuffle);
    }

    [TestMethod]
    public void A_missing_file_stays_a_FileNotFoundException()
        => Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Data.LoadFromIdx(_folder.PathOf("nowhere")));

    [TestMethod]
    public void An_empty_path_is_refused_by_its_parameter()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => _ml.Data.LoadFromIdx(_folder.Images("images", 1), ""));

        Assert.AreEqual("labelsPath", error.ParamName);
    }

    private static float[] Pixels(IDataView data) => [.. data.GetColumn<float[]>("Features").SelectMany(row => row)];
}
