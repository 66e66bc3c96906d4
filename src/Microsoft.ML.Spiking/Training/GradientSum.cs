namespace Microsoft.ML.Spiking;

/// <summary>How processes that train together add their gradients up.</summary>
public enum GradientSum
{
    /// <summary>In one fixed order, so that any number of processes gives the same model to the byte.</summary>
    Exact,

    /// <summary>In whatever order the message-passing library finds fast, which may differ from run to run.</summary>
    Fast,
}
