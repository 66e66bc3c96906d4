namespace Microsoft.ML.Spiking.Ground;

/// <summary>A kind of trouble: the code at the end of its messages, and of its section in docs/troubleshooting.md.</summary>
/// <remarks>Its errors carry the code too, in their <see cref="Exception.Data"/>: a message may be wrapped, translated or added to.</remarks>
internal sealed record Trouble
{
    private const string Key = "SpikingErrorCode";

    private Trouble(string code) => Code = code;

    /// <summary>An option, or several together, ask for what cannot be.</summary>
    public static Trouble Options { get; } = new("SPK1001");

    /// <summary>The options do not fit the data.</summary>
    public static Trouble Fit { get; } = new("SPK1002");

    /// <summary>An IDX file is damaged, or no IDX file.</summary>
    public static Trouble Idx { get; } = new("SPK2001");

    /// <summary>No row can be learnt from.</summary>
    public static Trouble NoRows { get; } = new("SPK2002");

    /// <summary>A single row is none of the network's.</summary>
    public static Trouble Row { get; } = new("SPK2003");

    /// <summary>A cursor or a getter is used against its rules.</summary>
    public static Trouble Cursor { get; } = new("SPK2004");

    /// <summary>Rows are to be saved that IDX files cannot hold.</summary>
    public static Trouble IdxRows { get; } = new("SPK2005");

    /// <summary>Rows that are not held are other rows when they are read again.</summary>
    public static Trouble Unstable { get; } = new("SPK2006");

    /// <summary>A model.zip is damaged.</summary>
    public static Trouble Model { get; } = new("SPK3001");

    /// <summary>The label's key values cannot be stored in a model.</summary>
    public static Trouble Labels { get; } = new("SPK3002");

    /// <summary>A model holds no spiking network, or several.</summary>
    public static Trouble NoNetwork { get; } = new("SPK3003");

    /// <summary>libtorch cannot be loaded.</summary>
    public static Trouble LibTorch { get; } = new("SPK4001");

    /// <summary>The GPU that was asked for is not there.</summary>
    public static Trouble Gpu { get; } = new("SPK4002");

    /// <summary>Training has diverged.</summary>
    public static Trouble Divergence { get; } = new("SPK4003");

    /// <summary>A batch needs more memory than there is, or than an array can hold.</summary>
    public static Trouble Batch { get; } = new("SPK4004");

    /// <summary>A checkpoint is damaged, or of another training.</summary>
    public static Trouble Checkpoint { get; } = new("SPK5001");

    /// <summary>A checkpoint cannot be written, and training goes on.</summary>
    public static Trouble CheckpointLost { get; } = new("SPK5002");

    /// <summary>A picture or a report is asked for what is not there.</summary>
    public static Trouble Picture { get; } = new("SPK6001");

    /// <summary>What was trained cannot be written in another format.</summary>
    public static Trouble Onnx { get; } = new("SPK7001");

    /// <summary>Another program's file is damaged, or holds what cannot be read.</summary>
    public static Trouble Foreign { get; } = new("SPK7002");

    /// <summary>Processes that are to train together cannot.</summary>
    public static Trouble Mpi { get; } = new("SPK8001");

    /// <summary>The code.</summary>
    public string Code { get; }

    /// <summary>The sentence and its code.</summary>
    public string Says(string sentence) => $"{sentence} [{Code}]";

    /// <summary>What an error of this kind says, without the code.</summary>
    public string Sentence(Exception error)
    {
        string code = Says("");
        return error.Message.EndsWith(code, StringComparison.Ordinal) ? error.Message[..^code.Length] : error.Message;
    }

    /// <summary>Whether an error is of this kind.</summary>
    public bool Is(Exception error) => error.Data[Key] is string code && code == Code;

    public ArgumentException Argument(string sentence, string? parameter = null) => Marks(new ArgumentException(Says(sentence), parameter));

    public ArgumentOutOfRangeException OutOfRange(string parameter, string sentence) => Marks(new ArgumentOutOfRangeException(parameter, Says(sentence)));

    public InvalidOperationException InvalidOperation(string sentence, Exception? cause = null) => Marks(new InvalidOperationException(Says(sentence), cause));

    public InvalidDataException InvalidData(string sentence, Exception? cause = null) => Marks(new InvalidDataException(Says(sentence), cause));

    public IOException IO(string sentence, Exception? cause = null) => Marks(new IOException(Says(sentence), cause));

    public NotSupportedException NotSupported(string sentence, Exception? cause = null) => Marks(new NotSupportedException(Says(sentence), cause));

    /// <summary>The same error, which carries the code from now on.</summary>
    public T Marks<T>(T error) where T : Exception
    {
        error.Data[Key] = Code;
        return error;
    }
}
