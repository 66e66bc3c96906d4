using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>The documented way in for pictures that are not IDX: a folder a class, through ML.NET's own image transforms.</summary>
[TestClass]
public sealed class ImageFolderTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pictures");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_folder_of_images_by_class_becomes_grey_features_and_a_key()
    {
        Picture[] pictures = [WritePicture("cats", 255), WritePicture("dogs", 0), WritePicture("cats", 51)];

        IDataView data = _ml.Data.LoadFromEnumerable(pictures);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(Picture.Folder))
            .Append(_ml.Transforms.LoadImages("Image", _folder.FullName, nameof(Picture.File)))
            .Append(_ml.Transforms.ResizeImages("Image", imageWidth: 6, imageHeight: 4))
            .Append(_ml.Transforms.ConvertToGrayscale("Image"))
            .Append(_ml.Transforms.ExtractPixels("Features", "Image", ImagePixelExtractingEstimator.ColorBits.Red, scaleImage: 1 / 255f));
        IDataView loaded = pipeline.Fit(data).Transform(data);

        CollectionAssert.AreEqual(new[] { 1, 4, 6 }, ((VectorDataViewType)loaded.Schema["Features"].Type).Dimensions.ToArray());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 2), loaded.Schema["Label"].Type);
        CollectionAssert.AreEqual(new uint[] { 1, 2, 1 }, loaded.GetColumn<uint>("Label").ToArray());
        float[] brightness = [.. loaded.GetColumn<float[]>("Features").Select(row => row.Average())];
        Assert.AreEqual(1f, brightness[0], 0.01f);
        Assert.AreEqual(0f, brightness[1], 0.01f);
        Assert.AreEqual(0.2f, brightness[2], 0.01f);
    }

    /// <summary>Twelve by eight pixels of one grey.</summary>
    private Picture WritePicture(string folder, byte grey)
    {
        string file = Path.Combine(folder, $"{grey}.png");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, folder));
        byte[] pixels = [.. Enumerable.Repeat<byte[]>([grey, grey, grey, 255], 12 * 8).SelectMany(pixel => pixel)];
        using MLImage image = MLImage.CreateFromPixels(12, 8, MLPixelFormat.Rgba32, pixels);
        image.Save(Path.Combine(_folder.FullName, file));
        return new Picture(folder, file);
    }

    private sealed record Picture(string Folder, string File);
}
