using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public sealed class IdxStreamingTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IdxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Nothing_of_the_images_is_held_so_that_a_deleted_file_is_missed_by_the_cursor()
    {
        IDataView data = TwoRows();
        File.Delete(_folder.PathOf("images"));

        Assert.ThrowsExactly<FileNotFoundException>(() => data.GetRowCursor(data.Schema));
    }

    [TestMethod]
    public void A_file_whose_column_is_not_asked_for_is_not_opened()
    {
        IDataView data = TwoRows();
        File.Delete(_folder.PathOf("images"));

        CollectionAssert.AreEqual(new uint[] { 1, 2 }, data.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void A_file_replaced_by_another_shape_is_refused_by_the_cursor()
    {
        IDataView data = TwoRows();
        _folder.Images("images", 3);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => data.GetRowCursor(data.Schema));
        Assert.AreEqual(
            "'images' has changed since it was loaded: it held 2 images of 5 x 3 and now holds 3 images of 5 x 3. Load it again.",
            error.Message);
    }

    [TestMethod]
    public void A_label_beyond_the_key_in_a_file_replaced_since_is_refused()
    {
        IDataView data = TwoRows();
        _folder.Labels("labels", 0, 9);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => data.GetColumn<uint>("Label").ToArray());
        Assert.AreEqual("'labels' has changed since it was loaded: its largest label was 1 and now is at least 9. Load it again.", error.Message);
    }

    [TestMethod]
    public void The_files_are_closed_with_the_cursor()
    {
        IDataView data = TwoRows();
        using (DataViewRowCursor cursor = data.GetRowCursor(data.Schema))
            cursor.MoveNext();

        using FileStream alone = new(_folder.PathOf("images"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.IsTrue(alone.CanWrite);
    }

    private IDataView TwoRows() => _ml.Data.LoadFromIdx(_folder.Images("images", 2), _folder.PackedLabels("labels", 0, 1));
}
