using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Some images of 28 by 28 with their labels, in memory, to be shown otherwise than they are.</summary>
internal sealed class Pictures
{
    /// <summary>Rows and columns of an image.</summary>
    public const int Side = 28;

    private readonly Picture[] _all;

    private Pictures(Picture[] all) => _all = all;

    /// <param name="digits">Rows of MNIST, as LoadFromIdx gives them.</param>
    /// <param name="first">How many of them to skip.</param>
    /// <param name="count">How many to take.</param>
    public static Pictures Of(IDataView digits, int first, int count)
        => new([.. digits.GetColumn<float[]>("Features")
            .Zip(digits.GetColumn<uint>("Label"), (pixels, label) => new Picture { Features = pixels, Label = label - 1 }).Skip(first).Take(count)]);

    /// <summary>Their classes, from 0.</summary>
    public int[] Labels => [.. _all.Select(picture => (int)picture.Label)];

    /// <summary>Some of each class, drawn at random.</summary>
    /// <param name="each">How many.</param>
    /// <param name="seed">What they are drawn by.</param>
    public Pictures Few(int each, int seed)
    {
        Picture[] order = [.. _all];
        new Random(seed).Shuffle(order);
        return new Pictures([.. order.GroupBy(picture => picture.Label).SelectMany(own => own.Take(each))]);
    }

    /// <summary>The rows, each image changed.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="change">From the pixels, 0 to 1, and the row's own noise to what is shown; null to show them as they are.</param>
    public IDataView Rows(MLContext ml, Func<float[], Random, float[]>? change = null)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Picture));
        schema[nameof(Picture.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Side, Side);
        return ml.Data.LoadFromEnumerable(_all.Select((picture, row) => change is null ? picture : new Picture
        {
            Features = change(picture.Features, new Random(row)), Label = picture.Label,
        }), schema);
    }

    /// <summary>The mean pixel, once changed.</summary>
    public double Brightness(Func<float[], Random, float[]>? change = null)
        => _all.Select((picture, row) => (change?.Invoke(picture.Features, new Random(row)) ?? picture.Features).Average()).Average(mean => (double)mean);

    private sealed class Picture
    {
        public float[] Features { get; set; } = [];

        /// <summary>From 0, as ML.NET has the keys of objects; within a view they count from 1.</summary>
        [KeyType(10)]
        public uint Label { get; set; }
    }
}
