namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A convolution of images: what goes in and comes out, and how much of an image each number that comes out sees.</summary>
/// <param name="Height">Rows of the image, of what comes out as of what goes in.</param>
/// <param name="Width">Columns of the image.</param>
/// <param name="Inputs">Channels that go in.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="KernelHeight">Rows that are seen, odd.</param>
/// <param name="KernelWidth">Columns that are seen, odd.</param>
internal readonly record struct MapKernel(int Height, int Width, int Inputs, int Outputs, int KernelHeight, int KernelWidth)
{
    /// <summary>Places of the image.</summary>
    public int Places => Height * Width;

    /// <summary>Rows above and below a place that are seen, of those that an image has at all.</summary>
    public int Down => Math.Min(KernelHeight / 2, Height - 1);

    /// <summary>Columns on either side of a place that are seen, likewise.</summary>
    public int Across => Math.Min(KernelWidth / 2, Width - 1);

    /// <summary>The way back, from the gradient of what comes out to that of what goes in: a convolution too.</summary>
    public MapKernel Back => this with { Inputs = Outputs, Outputs = Inputs };

    /// <summary>Where a weight lies among all, [output, input, kernel row, kernel column], by its distance from the kernel's middle.</summary>
    public int Weight(int output, int input, int row, int column)
        => ((output * Inputs + input) * KernelHeight + KernelHeight / 2 + row) * KernelWidth + KernelWidth / 2 + column;
}
