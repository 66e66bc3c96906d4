using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An error that a user can mend: what is wrong in one sentence, and the way out in another.</summary>
internal sealed class Failure : Exception
{
    private const string Unfinished = "nothing was written after the interruption; run the command again to start anew.";

    private Failure(ExitCode code, string message, string hint, Exception? cause) : base(message, cause) => (Code, Hint) = (code, hint);

    /// <summary>What is said of a command that has to be ended.</summary>
    public static string Interrupted { get; } = $"error: Interrupted.{Environment.NewLine}hint: {Unfinished}";

    public ExitCode Code { get; }

    public string Hint { get; }

    public static Failure Usage(string message, string hint) => new(ExitCode.Usage, message, hint, cause: null);

    public static Failure Input(string message, string hint, Exception? cause = null) => new(ExitCode.Data, message, hint, cause);

    public static Failure Gate(string message, string hint) => new(ExitCode.Gate, message, hint, cause: null);

    public static Failure BackEnd(string message, string hint, Exception? cause = null) => new(ExitCode.BackEnd, message, hint, cause);

    public static Failure Diverged(string message, string hint, Exception cause) => new(ExitCode.Unexpected, message, hint, cause);

    /// <summary>What an exception means to a user. Readers of data throw in the middle of ML.NET, which wraps what they say.</summary>
    public static Failure Of(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case Failure failure: return failure;
                case InvalidOperationException when Trouble.Gpu.Is(e) || Trouble.LibTorch.Is(e):
                    return BackEnd(e.Message, "train with --device cpu, or see 'spiking doctor'.", error);
                case NotSupportedException or ArgumentException when Trouble.Onnx.Is(e):
                    return Input(Said(e), "export it in another format, or train it without what stands in the way.", error);
                case NotSupportedException when Trouble.Foreign.Is(e):
                    return Input(e.Message, "write the file again as the message says; nothing was made of it.", error);
                case ArgumentException when Trouble.Picture.Is(e): return Input(Said(e), "give rows that the model can answer.", error);
                case ArgumentException when Trouble.Fit.Is(e): return Input(Said(e), "give rows that fit the network.", error);
                case ArgumentException when Trouble.Options.Is(e):
                    return Usage(Said(e), "change the option that it names; --help says what the command takes.");
                case InvalidOperationException when e.Message.StartsWith("Could not parse value ", StringComparison.Ordinal):
                    return Input($"{e.Message}, as the model's pipeline reads it.", "write it as the rows of training had it, or leave the cell empty.", error);
                case OperationCanceledException: return new(ExitCode.Interrupted, "Interrupted.", Unfinished, error);
                case InvalidDataException or EndOfStreamException or FormatException:
                    return Input(e.Message, "mend or replace the file, and run the command again.", error);
                case FileNotFoundException { FileName: { } missing } when !missing.Contains("Version=", StringComparison.Ordinal):
                    return Input($"'{missing}' does not exist.", "check the path; it is relative to the current folder.", error);
                case DirectoryNotFoundException: return Input(e.Message, "check the path; it is relative to the current folder.", error);
                case UnauthorizedAccessException: return Input(e.Message, "check who may read and write the file.", error);
                // An assembly that is not there is no file of the user's.
                case IOException and not FileNotFoundException: return Input(e.Message, "check the file, the disk and its free space.", error);
            }
        }
        return new(ExitCode.Unexpected, error.Message, "run it again with --verbose for the stack, and 'spiking doctor' for what this machine has.", error);
    }

    /// <summary>What an error says, without the parameter of a method, of which a user knows nothing.</summary>
    public static string Said(Exception error)
        => error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;
}
