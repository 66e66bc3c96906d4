namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class IdxHeaderTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Swapped_files_are_named_and_the_remedy_given()
    {
        string images = _folder.Images("t10k-images", 2);
        string labels = _folder.PackedLabels("t10k-labels", 0, 1);

        Assert.AreEqual(
            "'t10k-labels' starts with 0x00000801, the mark of IDX labels; images start with 0x00000803. Were the two paths swapped? [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(labels, images)));
    }

    [TestMethod]
    public void Images_in_the_place_of_labels_are_named_too()
    {
        string images = _folder.Images("images", 2);

        Assert.AreEqual(
            "'images' starts with 0x00000803, the mark of IDX images; labels start with 0x00000801. Were the two paths swapped? [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(images, images)));
    }

    [TestMethod]
    public void Labels_given_alone_are_told_that_images_are_needed()
        => Assert.AreEqual(
            "'labels' starts with 0x00000801, the mark of IDX labels; images start with 0x00000803. Give the path of the images. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Labels("labels", 0, 1))));

    [TestMethod]
    public void A_wrong_mark_is_shown_in_hex()
        => Assert.AreEqual(
            "'picture.png' starts with 0x89504E47; IDX images start with 0x00000803. Give an IDX file of unsigned bytes, plain or packed with gzip. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("picture.png", [0x89, 0x50, 0x4e, 0x47, 0x0d]))));

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(15)]
    public void A_file_that_ends_within_its_header_says_where(int length)
    {
        byte[] start = IdxFolder.ImageBytes(1)[..length];
        string says = $"ends after {length} bytes; the header of IDX images alone has 16. Fetch or write the file again. [SPK2001]";

        Assert.AreEqual($"'plain' {says}", ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("plain", start))));
        if (length > 0)
            Assert.AreEqual($"'packed' {says}", ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("packed", IdxFolder.Packed(start)))));
    }

    [TestMethod]
    public void Gzip_of_nothing_but_its_mark_ends_within_the_header()
        => StringAssert.StartsWith(ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", [0x1f, 0x8b]))), "'images' ends after 0 bytes;");

    [TestMethod]
    [DataRow(0u, 5u, 3u, "0 x 5 x 3")]
    [DataRow(2u, 0u, 3u, "2 x 0 x 3")]
    [DataRow(2u, 5u, 0u, "2 x 5 x 0")]
    public void A_zero_dimension_is_shown_among_the_others(uint count, uint rows, uint columns, string size)
        => Assert.AreEqual(
            $"'images' says that its size is {size}; every dimension must be at least 1. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", IdxFolder.Words(0x00000803, count, rows, columns)))));

    [TestMethod]
    [DataRow(8193u, 8192u)]
    [DataRow(0x10000u, 0x10000u)]
    [DataRow(uint.MaxValue, uint.MaxValue)]
    public void Images_too_large_to_be_meant_are_refused_whatever_their_product_wraps_to(uint rows, uint columns)
        => Assert.AreEqual(
            $"'images' says that an image has {rows} x {columns} pixels; at most 67108864 can be read. "
                + "Fetch or write the file again, with smaller images if these are real. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", IdxFolder.Words(0x00000803, 1, rows, columns)))));

    [TestMethod]
    public void Packed_images_that_no_gzip_of_that_length_could_hold_are_refused_before_any_memory_is_taken()
    {
        byte[] packed = IdxFolder.Packed(IdxFolder.Words(0x00000803, uint.MaxValue, 8192, 8192));
        string path = _folder.Write("images.gz", packed);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string error = ErrorOf(() => _ml.Data.LoadFromIdx(path));

        Assert.AreEqual(
            "'images.gz' cannot hold what its header promises: 4294967295 images of 8192 x 8192 take 288230376084602896 bytes, "
                + $"more than {packed.Length} bytes of gzip can unpack to. Fetch or write the file again. [SPK2001]",
            error);
        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Images_and_labels_of_different_sets_are_both_named()
        => Assert.AreEqual(
            "'train-images' holds 3 images of 5 x 3, but 't10k-labels' 2 labels; there must be one label for every image. "
                + "Are the two files of the same set? [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Images("train-images", 3), _folder.Labels("t10k-labels", 0, 1))));

    private static string ErrorOf(Action load) => Assert.ThrowsExactly<InvalidDataException>(load).Message;
}
