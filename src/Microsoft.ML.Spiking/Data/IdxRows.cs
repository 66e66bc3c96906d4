using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Data;

/// <summary>The rows of a view as what IDX files hold: for each a byte a pixel, and a byte for its class.</summary>
internal sealed class IdxRows
{
    /// <summary>Four steps of a Single: b / 255 and b * (1 / 255) are a step or two apart.</summary>
    private const float Rounding = 1f / (1 << 21);

    private readonly IDataView _data;
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column _label;
    private readonly ImageShape _shape;
    private readonly byte[] _classes;

    public IdxRows(IDataView data, string featureColumnName, string labelColumnName)
    {
        _data = data;
        _features = Column(data, featureColumnName);
        _label = Column(data, labelColumnName);
        _shape = ShapeOf(_features);
        _classes = IdxClasses.BytesOf(_label);
    }

    public void WriteTo(Stream images, Stream labels)
    {
        long count = Count();
        new IdxHeader(IdxKind.Images, count, _shape.Height, _shape.Width).WriteTo(images);
        new IdxHeader(IdxKind.Labels, count, 1, 1).WriteTo(labels);

        using DataViewRowCursor cursor = _data.GetRowCursor([_features, _label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(_features);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(_label);
        VBuffer<float> features = default;
        uint key = 0;
        var pixels = new float[_shape.Features];
        var bytes = new byte[_shape.Features];
        long row = 0;
        for (; cursor.MoveNext(); row++)
        {
            getFeatures(ref features);
            getLabel(ref key);
            RequireImage(features.Length, row);
            features.CopyTo(pixels);
            for (int i = 0; i < pixels.Length; i++)
                bytes[i] = ByteOf(pixels[i], row);

            images.Write(bytes);
            labels.WriteByte(ClassOf(key, row));
        }

        // The headers, which came first, would be wrong.
        if (row != count)
        {
            throw Trouble.IdxRows.InvalidOperation(
                $"The view had {count} rows when they were counted, and {row} when they were written; cache it before it is saved.");
        }
    }

    private static DataViewSchema.Column Column(IDataView data, string name)
        => data.Schema.GetColumnOrNull(name)
            ?? throw Trouble.IdxRows.Argument($"There is no column '{name}' to save; name the images' and the labels' columns.");

    private static ImageShape ShapeOf(DataViewSchema.Column features)
    {
        if (features.Type is not VectorDataViewType { IsKnownSize: true } type
            || type.ItemType != NumberDataViewType.Single
            || ImageShape.Of(type.Dimensions.AsSpan()) is not { Planes: 1, Unit: 1 } shape)
        {
            throw Trouble.IdxRows.Argument($"Column '{features.Name}' is {features.Type}, but IDX images are Vector<Single, [rows, columns]>; "
                + "give it that type, as [VectorType(28, 28)] does.");
        }

        return shape.Features <= IdxHeader.MostPixels
            ? shape
            : throw Trouble.IdxRows.Argument(
                $"Images of {shape.Height} x {shape.Width} are to be saved, but LoadFromIdx reads at most {IdxHeader.MostPixels} pixels; "
                + "make them smaller.");
    }

    private long Count()
    {
        long count = _data.GetRowCount() ?? CountByReading();
        return count is > 0 and <= uint.MaxValue
            ? count
            : throw Trouble.IdxRows.InvalidOperation($"The view has {count} rows, but IDX files hold from 1 to {uint.MaxValue}; give it some, or fewer.");
    }

    private long CountByReading()
    {
        using DataViewRowCursor cursor = _data.GetRowCursor([]);
        long count = 0;
        while (cursor.MoveNext())
            count++;

        return count;
    }

    private void RequireImage(int values, long row)
    {
        if (values == 0)
        {
            throw Trouble.IdxRows.InvalidOperation($"Row {row}, from 0, has no image in '{_features.Name}', but IDX cannot leave one out; "
                + "take such rows out of the view first.");
        }

        if (values != _shape.Features)
        {
            throw Trouble.IdxRows.InvalidOperation($"Row {row}, from 0, of '{_features.Name}' holds {values} values, but {_shape.Features} are needed; "
                + "give it all of them.");
        }
    }

    private byte ByteOf(float pixel, long row)
    {
        float scaled = pixel * 255f, nearest = MathF.Round(scaled);
        // Not a number is near to none.
        return nearest is >= 0 and <= 255 && MathF.Abs(scaled - nearest) <= nearest * Rounding
            ? (byte)nearest
            : throw Trouble.IdxRows.InvalidOperation(
                $"Row {row}, from 0, holds {pixel.ToString(CultureInfo.InvariantCulture)} in '{_features.Name}', but an IDX pixel is "
                + "one of 0, 1/255, 2/255 ... 1; scale the pixels and round them to these.");
    }

    private byte ClassOf(uint key, long row)
        => key > 0 && key <= _classes.Length
            ? _classes[key - 1]
            : throw Trouble.IdxRows.InvalidOperation($"Row {row}, from 0, has no class in '{_label.Name}', but IDX has one for every image; "
                + "take such rows out first, as ml.Data.FilterRowsByMissingValues does.");
}
