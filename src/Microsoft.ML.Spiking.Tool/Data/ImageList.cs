namespace Microsoft.ML.Spiking.Tool;

/// <summary>Image files without labels, decoded when a pass comes to them.</summary>
internal static class ImageList
{
    public static Samples Open(MLContext ml, IReadOnlyList<string> files, ImageSize size, ImageTone tone)
    {
        IEnumerable<ImageRow> rows = files.Select(file => new ImageRow { Features = ImageFile.Read(file, size, tone) });
        return new Samples(ml.Data.LoadFromEnumerable(rows, ImageRow.Schema(size, classes: null)), files.Count == 1 ? "1 image" : $"{files.Count} images",
            files);
    }
}
