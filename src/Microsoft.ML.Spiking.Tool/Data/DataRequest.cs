namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user said about data.</summary>
/// <param name="Paths">One path, or two: IDX images and their labels.</param>
/// <param name="Set">Which set of an IDX folder.</param>
/// <param name="Label">The column of a text file with the class; null for the one that is called so.</param>
/// <param name="Size">The size that images are brought to; null for the model's, else MNIST's.</param>
/// <param name="Tone">What in an image is of high intensity.</param>
internal sealed record DataRequest(IReadOnlyList<string> Paths, IdxSet Set, string? Label, ImageSize? Size, ImageTone Tone);
