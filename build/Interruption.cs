using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>Ctrl+C and SIGTERM: the first asks the command to finish what it must, a second ends the process at once.</summary>
internal sealed partial class Interruption : IDisposable
{
    private const int ExitCode = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) EndAtOnce();
        context.Cancel = true;
        _source.Cancel();
    }

    /// <summary>Without a look back: an orderly exit takes libtorch down under the threads that are still in it, and that is a segmentation fault.</summary>
    private static void EndAtOnce()
    {
        if (OperatingSystem.IsWindows()) Environment.Exit(ExitCode);
        if (!Console.IsErrorRedirected)
        {
            // A live table hides the cursor.
            using Stream terminal = Console.OpenStandardError();
            terminal.Write("\e[?25h\n"u8);
        }
        Exit(ExitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
