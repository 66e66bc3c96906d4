namespace Microsoft.ML.Spiking;

/// <summary>
/// How a row of the feature column is laid out as a picture: an image as it is, a spike train or a sequence as [inputs, time], a plain vector as one line.
/// </summary>
/// <remarks>
/// What is larger than <see cref="MostPixels"/> a side is thinned: an image to the mean of the pixels that fall together, spikes to whether any came.
/// </remarks>
internal sealed class SamplePicture
{
    private const int MostPixels = 96, MostSteps = 256;

    private readonly int _fullHeight, _fullWidth;
    private readonly Func<int, (int Channel, int Row, int Column)> _place;
    private readonly bool _isTrain;

    public SamplePicture(InputShape input)
    {
        _isTrain = input.IsSpikeTrain;
        if (input.Image is { } image)
        {
            (Kind, Channels, _fullHeight, _fullWidth) = ("image", image.Planes * image.Unit is var n and 3 ? n : 1, image.Height, image.Width);
            int planes = image.Height * image.Width * image.Unit;
            _place = feature
                => (Channels == 1 ? 0 : image.Unit > 1 ? feature % image.Unit : feature / planes, image.Pixel(feature).Row, image.Pixel(feature).Column);
        }
        else if (input.Steps is { } steps)
        {
            int inputs = input.Features / steps;
            (Kind, Channels, _fullHeight, _fullWidth) = (_isTrain ? "train" : "sequence", 1, inputs, steps);
            _place = feature => (0, feature % inputs, feature / inputs);
        }
        else
        {
            (Kind, Channels, _fullHeight, _fullWidth) = ("vector", 1, 1, input.Features);
            _place = feature => (0, 0, feature);
        }
        Height = Math.Min(_fullHeight, MostPixels);
        Width = Math.Min(_fullWidth, Kind == "image" ? MostPixels : MostSteps);
    }

    /// <summary>"image", "train", "sequence" or "vector".</summary>
    public string Kind { get; }

    /// <summary>1, or 3 of a colour image.</summary>
    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The picture in bytes, [row, column, channel].</summary>
    /// <param name="features">One row of the feature column.</param>
    /// <param name="lowest">What becomes 0.</param>
    /// <param name="highest">What becomes 255.</param>
    public byte[] Draw(ReadOnlySpan<float> features, float lowest, float highest)
    {
        float[] sum = new float[Height * Width * Channels], count = new float[sum.Length];
        for (int feature = 0; feature < features.Length; feature++)
        {
            var (channel, row, column) = _place(feature);
            int at = (row * Height / _fullHeight * Width + column * Width / _fullWidth) * Channels + channel;
            sum[at] = _isTrain ? Math.Max(sum[at], features[feature]) : sum[at] + features[feature];
            count[at] = _isTrain ? 1 : count[at] + 1;
        }
        var bytes = new byte[sum.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Clamp(MathF.Round(255 * (sum[i] / Math.Max(1, count[i]) - lowest) / Math.Max(highest - lowest, 1e-12f)), 0, 255);
        return bytes;
    }
}
