using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class IdxDamageTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Plain_images_cut_short_are_refused_when_they_are_loaded()
        => Assert.AreEqual(
            "'images' is cut short: 4 images of 5 x 3 take 76 bytes, it has 75. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", IdxFolder.ImageBytes(4)[..^1]))));

    [TestMethod]
    public void Plain_images_with_bytes_after_the_last_are_refused_when_they_are_loaded()
        => Assert.AreEqual(
            "'images' is too long: 4 images of 5 x 3 take 76 bytes, it has 77. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", [.. IdxFolder.ImageBytes(4), 0]))));

    [TestMethod]
    public void A_header_that_promises_more_than_a_plain_file_holds_is_refused_when_it_is_loaded()
        => Assert.AreEqual(
            "'images' is cut short: 4000000000 images of 28 x 28 take 3136000000016 bytes, it has 16. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(_folder.Write("images", IdxFolder.Words(0x00000803, 4_000_000_000, 28, 28)))));

    [TestMethod]
    public void Packed_images_cut_short_are_good_up_to_the_last_whole_one()
    {
        byte[] cut = IdxFolder.Packed(IdxFolder.ImageBytes(4)[..^1]);
        IDataView data = _ml.Data.LoadFromIdx(_folder.Write("images.gz", cut));

        Assert.AreEqual(3, Preview(data, 3));
        Assert.AreEqual("'images.gz' is cut short: of 4 images of 5 x 3 it holds 3. Fetch or write the file again. [SPK2001]", ErrorOf(() => Preview(data, 4)));
    }

    [TestMethod]
    public void A_gzip_stream_that_breaks_off_counts_as_cut_short()
    {
        byte[] noise = [.. IdxFolder.Words(0x00000803, 200, 5, 3), .. RandomBytes(3000)];
        IDataView data = _ml.Data.LoadFromIdx(_folder.Write("images.gz", IdxFolder.Packed(noise)[..^1500]));

        StringAssert.StartsWith(ErrorOf(() => Preview(data, 200)), "'images.gz' is cut short: of 200 images of 5 x 3 it holds ");
    }

    [TestMethod]
    public void Packed_images_with_bytes_after_the_last_are_noticed_at_the_end()
    {
        byte[] tooLong = IdxFolder.Packed([.. IdxFolder.ImageBytes(4), 0]);
        IDataView data = _ml.Data.LoadFromIdx(_folder.Write("images.gz", tooLong));

        Assert.AreEqual(4, Preview(data, 4));
        Assert.AreEqual(
            "'images.gz' is too long: 4 images of 5 x 3 take 76 bytes, it holds more. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => Preview(data, 5)));
    }

    [TestMethod]
    public void Damaged_gzip_is_named()
    {
        byte[] damaged = IdxFolder.Packed(IdxFolder.ImageBytes(4));
        damaged[^8] ^= 1;
        IDataView data = _ml.Data.LoadFromIdx(_folder.Write("images.gz", damaged));

        Assert.AreEqual("'images.gz' is damaged: its gzip data cannot be unpacked. Fetch or write the file again. [SPK2001]", ErrorOf(() => Preview(data, 5)));
    }

    [TestMethod]
    public void Packed_labels_are_read_through_when_they_are_loaded()
    {
        string images = _folder.Images("images", 4);
        byte[] labels = IdxFolder.LabelBytes(0, 1, 2, 3);
        byte[] damaged = IdxFolder.Packed(labels);
        damaged[^8] ^= 1;

        Assert.AreEqual(
            "'cut' is cut short: of 4 labels it holds 3. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(images, _folder.Write("cut", IdxFolder.Packed(labels[..^1])))));
        Assert.AreEqual(
            "'long' is too long: 4 labels take 12 bytes, it holds more. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(images, _folder.Write("long", IdxFolder.Packed([.. labels, 0])))));
        Assert.AreEqual(
            "'damaged' is damaged: its gzip data cannot be unpacked. Fetch or write the file again. [SPK2001]",
            ErrorOf(() => _ml.Data.LoadFromIdx(images, _folder.Write("damaged", damaged))));
    }

    /// <summary>The number of rows that a cursor gives, of at most so many asked for.</summary>
    private static int Preview(IDataView data, int rows)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        int row = 0;
        while (row < rows && cursor.MoveNext())
            row++;

        return row;
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static string ErrorOf(Action load) => Assert.ThrowsExactly<InvalidDataException>(load).Message;

    private static string ErrorOf(Func<int> read) => Assert.ThrowsExactly<InvalidDataException>(() => { read(); }).Message;
}
