namespace Microsoft.ML.Spiking.Tool;

/// <summary>The two sets that a folder of IDX files holds.</summary>
internal enum IdxSet
{
    /// <summary>train-images and train-labels.</summary>
    Train,

    /// <summary>t10k-images and t10k-labels.</summary>
    Test,
}
