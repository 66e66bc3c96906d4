namespace Microsoft.ML.Spiking.Images;

/// <summary>How the numbers of a feature column are an image: [plane, row, column, unit], where either planes or units are its channels.</summary>
internal readonly record struct ImageShape(int Planes, int Height, int Width, int Unit)
{
    private const int MostChannels = 4;

    /// <summary>The image of a column of such dimensions; null where they are none's.</summary>
    /// <param name="dimensions">[height, width], or as ML.NET extracts pixels [channels, height, width] or [height, width, channels], of up to 4
    /// channels.</param>
    public static ImageShape? Of(ReadOnlySpan<int> dimensions) => dimensions switch
    {
        [var height, var width] => new(1, height, width, 1),
        [<= MostChannels and var channels, var height, var width] => new(channels, height, width, 1),
        [var height, var width, <= MostChannels and var channels] => new(1, height, width, channels),
        _ => null,
    };

    /// <summary>Numbers of an image.</summary>
    public int Features => Planes * Height * Width * Unit;

    /// <summary>Numbers of a pixel.</summary>
    public int Channels => Planes * Unit;

    /// <summary>The channel of a feature.</summary>
    public int ChannelOf(int feature) => feature / (Height * Width * Unit) * Unit + feature % Unit;

    /// <summary>The row and the column of a feature's pixel.</summary>
    public (int Row, int Column) Pixel(int feature) => (feature / (Width * Unit) % Height, feature / Unit % Width);

    /// <summary>Moves an image, in place; what comes in is 0.</summary>
    /// <param name="pixels">The column's numbers.</param>
    /// <param name="down">Pixels downwards.</param>
    /// <param name="right">Pixels to the right.</param>
    public void Shift<T>(Span<T> pixels, int down, int right)
    {
        int row = Width * Unit, kept = Math.Max(0, Width - Math.Abs(right)) * Unit;
        for (int plane = 0; plane < Planes; plane++)
        {
            Span<T> image = pixels.Slice(plane * Height * row, Height * row);
            for (int i = 0; i < Height; i++)
            {
                int y = down > 0 ? Height - 1 - i : i, from = y - down;   // no row is overwritten before it has moved
                Span<T> target = image.Slice(y * row, row);
                if (from < 0 || from >= Height)
                {
                    target.Clear();
                    continue;
                }
                Span<T> source = image.Slice(from * row, row);
                if (right >= 0)
                {
                    source[..kept].CopyTo(target[^kept..]);
                    target[..^kept].Clear();
                }
                else
                {
                    source[^kept..].CopyTo(target);
                    target[kept..].Clear();
                }
            }
        }
    }

    /// <summary>Mirrors an image, left for right, in place.</summary>
    /// <param name="pixels">The column's numbers.</param>
    public void Mirror<T>(Span<T> pixels)
    {
        int row = Width * Unit;
        for (int at = 0; at < pixels.Length; at += row)
        {
            Span<T> line = pixels.Slice(at, row);
            line.Reverse();
            if (Unit == 1) continue;
            for (int pixel = 0; pixel < row; pixel += Unit) line.Slice(pixel, Unit).Reverse();
        }
    }
}
