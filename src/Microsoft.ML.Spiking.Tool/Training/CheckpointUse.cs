namespace Microsoft.ML.Spiking.Tool;

/// <summary>How long a checkpoint is kept.</summary>
internal enum CheckpointUse
{
    /// <summary>Until the training that it belongs to is complete: nobody asked for it.</summary>
    UntilComplete,

    /// <summary>For good.</summary>
    Kept,
}
