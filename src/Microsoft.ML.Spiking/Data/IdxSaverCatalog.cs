using Microsoft.ML.Spiking.Data;

namespace Microsoft.ML;

/// <summary>Saves image sets in the IDX format, the one that MNIST is published in.</summary>
public static class IdxSaverCatalog
{
    /// <summary>
    /// Writes labelled images as a pair of IDX files, from which
    /// <see cref="IdxLoaderCatalog.LoadFromIdx(DataOperationsCatalog, string, string)"/> gives back the same rows, to the bit.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="data">The rows, at least one. They are written in their order.</param>
    /// <param name="imagesPath">Where the images go. A file that is there is replaced; one whose name ends in <c>.gz</c> is packed with gzip.</param>
    /// <param name="labelsPath">Where the labels go, likewise.</param>
    /// <param name="featureColumnName">
    /// The images, <c>Vector&lt;Single, [rows, columns]&gt;</c>, or with one channel before or after as <c>ExtractPixels</c> makes them.
    /// Every pixel is a byte divided by 255, to within rounding.
    /// </param>
    /// <param name="labelColumnName">
    /// The classes, <c>Key&lt;UInt32, K&gt;</c> with K at most 256. A class is written as the number that its key value is, where all values are different
    /// whole numbers from 0 to 255, as those of <c>LoadFromIdx</c> are; else as its key minus 1, and IDX has no place for the values themselves.
    /// </param>
    /// <remarks>
    /// Rows are streamed. Neither file gets its name before both are on the disk: after an error there is what was there before.
    /// A class that no row has is not in the files, so that K may come back smaller.
    /// </remarks>
    /// <exception cref="ArgumentException">A column is absent or of another type, or both paths are the same.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, or in one of them, which is named, the image or the class is missing, the image has too many or too few pixels, or a pixel is no byte
    /// divided by 255.
    /// </exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void SaveAsIdx(
        this DataOperationsCatalog catalog,
        IDataView data,
        string imagesPath,
        string labelsPath,
        string featureColumnName = "Features",
        string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        var pair = new IdxPair(imagesPath, labelsPath);
        pair.Write(new IdxRows(data, featureColumnName, labelColumnName));
    }
}
