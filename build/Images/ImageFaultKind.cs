namespace Microsoft.ML.Spiking.Applications;

/// <summary>Why a file cannot be read as a picture.</summary>
internal enum ImageFaultKind
{
    /// <summary>It is no image, or of a format that nobody here knows.</summary>
    NoImage,

    /// <summary>It is an image of a format that is known but not taken.</summary>
    OtherFormat,

    /// <summary>It has more pixels than are taken.</summary>
    TooLarge,

    /// <summary>It ends early, or its content is broken.</summary>
    Damaged,

    /// <summary>It holds several pictures, one after the other.</summary>
    Animated,
}
