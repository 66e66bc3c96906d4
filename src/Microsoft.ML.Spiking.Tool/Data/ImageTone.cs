namespace Microsoft.ML.Spiking.Tool;

/// <summary>What in an image is the figure, and so of high intensity.</summary>
internal enum ImageTone
{
    /// <summary>Bright pixels, as in MNIST.</summary>
    LightOnDark,

    /// <summary>Dark pixels, as ink on paper.</summary>
    DarkOnLight,
}
