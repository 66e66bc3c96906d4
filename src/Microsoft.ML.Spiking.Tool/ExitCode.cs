namespace Microsoft.ML.Spiking.Tool;

/// <summary>What the tool ends with; scripts may rely on it.</summary>
internal enum ExitCode
{
    /// <summary>What was asked is done.</summary>
    Done = 0,

    /// <summary>An error that nobody foresaw, or a training that diverged and made no model.</summary>
    Unexpected = 1,

    /// <summary>The command line asks for what cannot be.</summary>
    Usage = 2,

    /// <summary>Data or a model is absent, damaged or does not fit.</summary>
    Data = 3,

    /// <summary>A quality that was demanded is not reached.</summary>
    Gate = 4,

    /// <summary>The GPU that was asked for, or libtorch, is not to be had.</summary>
    BackEnd = 5,

    /// <summary>Ctrl+C or SIGTERM.</summary>
    Interrupted = 130,
}
