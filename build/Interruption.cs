using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>
/// Ctrl+C and SIGTERM: the first asks the program to finish what it must, a second ends it at once. So does the first, after a moment, where the program saves
/// nothing: it may be held up by a pipe that nobody reads or by a file that is long to load, and neither hears of a request.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private const int ExitCode = 130;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1), s_look = TimeSpan.FromMilliseconds(50);

    // The thread that saves; 0 for none.
    private static volatile int s_saver;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly string _farewell;
    private readonly Func<int, bool> _isHeldUp;
    private int _asked;

    /// <param name="farewell">What is said on stderr where the first signal has to end the process.</param>
    /// <param name="isHeldUp">Whether a thread waits for somebody to read what it writes; null where nobody knows.</param>
    public Interruption(string farewell, Func<int, bool>? isHeldUp = null)
    {
        (_farewell, _isHeldUp) = (farewell, isHeldUp ?? (_ => false));
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Until what it gives is disposed of, this thread does what a signal lets it finish: only a second one ends the process.</summary>
    public static IDisposable Saving()
    {
        s_saver = Environment.CurrentManagedThreadId;
        return new Saved();
    }

    // The source stays: a signal that is being handled may still cancel it.
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        // Two signals may be handled at the same time.
        if (Interlocked.Exchange(ref _asked, 1) != 0) EndAtOnce();
        new Thread(EndUnlessSaving) { IsBackground = true }.Start();
        try
        {
            _source.Cancel();
        }
        catch (AggregateException)
        {
            // What others do on a request is theirs; nobody catches what is thrown here.
        }
    }

    private void EndUnlessSaving()
    {
        for (TimeSpan waited = default; waited < s_patience; Thread.Sleep(s_look))
            waited = s_saver is var saver and not 0 && !_isHeldUp(saver) ? default : waited + s_look;

        // Stderr may be what holds it up.
        var last = new Thread(() =>
        {
            using Stream errors = Console.OpenStandardError();
            errors.Write(System.Text.Encoding.UTF8.GetBytes(_farewell + Environment.NewLine));
        }) { IsBackground = true };
        last.Start();
        last.Join(s_look * 4);
        EndAtOnce();
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

    private sealed class Saved : IDisposable
    {
        public void Dispose() => s_saver = 0;
    }
}
