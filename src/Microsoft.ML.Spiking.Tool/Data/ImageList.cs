namespace Microsoft.ML.Spiking.Tool;

/// <summary>Image files without labels, decoded when a pass comes to them.</summary>
internal static class ImageList
{
    public static Samples Open(MLContext ml, IReadOnlyList<string> files, ImageSize size, ImageTone tone)
    {
        return new Samples(Load(0, files.Count), files.Count == 1 ? "1 image" : $"{files.Count} images", files)
        {
            Rows = files.Count,
            Cut = Load,
        };

        IDataView Load(long first, long rows) => ml.Data.LoadFromEnumerable(
            files.Skip((int)first).Take((int)rows).Select(file => new ImageRow { Features = ImageFile.Read(file, size, tone) }),
            ImageRow.Schema(size, classes: null));
    }
}
