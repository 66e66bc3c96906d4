using Microsoft.ML.Spiking.Data;

namespace Microsoft.ML;

/// <summary>Loads image sets in the IDX format, the one that MNIST is published in.</summary>
public static class IdxLoaderCatalog
{
    /// <summary>Reads labelled images from a pair of IDX files, each plain or packed with gzip.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="imagesPath">IDX file of unsigned bytes in three dimensions: count, rows, columns.</param>
    /// <param name="labelsPath">IDX file of unsigned bytes in one dimension: a class number for every image.</param>
    /// <returns>
    /// Two columns.
    /// <c>Features</c>, <c>Vector&lt;Single, [rows, columns]&gt;</c>: a pixel's byte divided by 255, so within [0, 1].
    /// <c>Label</c>, <c>Key&lt;UInt32, K&gt;</c>: class c is the key c + 1; K is the largest label in the file plus 1, and at least 2.
    /// The key's values are the texts "0", "1", ... (ML.NET names classes in scores and confusion tables only by text),
    /// so <c>MapKeyToValue</c> gives the class number as text.
    /// </returns>
    /// <remarks>
    /// Rows are streamed: every cursor opens the files anew and reads a row at a time.
    /// Loading reads the headers, and the labels once to count the classes.
    /// What a packed image file holds past its header is checked when a cursor comes to it.
    /// </remarks>
    /// <exception cref="InvalidDataException">
    /// A file is not IDX of the kind needed, is damaged, is shorter or longer than its header says, or the two differ in count.
    /// </exception>
    public static IDataView LoadFromIdx(this DataOperationsCatalog catalog, string imagesPath, string labelsPath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        IdxFile images = IdxFile.Open(imagesPath, IdxKind.Images);
        IdxFile labels = IdxFile.Open(labelsPath, IdxKind.Labels);
        images.RequireSameCountAs(labels);
        return new IdxDataView(images, IdxLabels.Scan(labels));
    }

    /// <summary>Reads images without labels from an IDX file, plain or packed with gzip.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="imagesPath">IDX file of unsigned bytes in three dimensions: count, rows, columns.</param>
    /// <returns>
    /// One column, <c>Features</c>, <c>Vector&lt;Single, [rows, columns]&gt;</c>: a pixel's byte divided by 255, so within [0, 1].
    /// </returns>
    /// <remarks>
    /// Rows are streamed: every cursor opens the file anew and reads a row at a time.
    /// What a packed file holds past its header is checked when a cursor comes to it.
    /// </remarks>
    /// <exception cref="InvalidDataException">
    /// The file is not IDX images, is damaged, or is shorter or longer than its header says.
    /// </exception>
    public static IDataView LoadFromIdx(this DataOperationsCatalog catalog, string imagesPath)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        return new IdxDataView(IdxFile.Open(imagesPath, IdxKind.ImagesAlone), labels: null);
    }
}
