namespace Microsoft.ML.Spiking.Applications;

/// <summary>A file that cannot be read as a picture.</summary>
/// <param name="kind">Why not.</param>
/// <param name="what">The same in words that follow upon its name: "ends early or is damaged".</param>
internal sealed class ImageFault(ImageFaultKind kind, string what) : Exception(what)
{
    public ImageFaultKind Kind => kind;
}
