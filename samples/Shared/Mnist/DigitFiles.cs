namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>Where the four files of a set of digits lie, and a sentence that tells the user where they came from.</summary>
internal sealed record DigitFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels, string Description);
