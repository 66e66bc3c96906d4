using System.Collections.Concurrent;
using System.Text;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Writes into a file or a pipe, and knows which threads wait for somebody to read.</summary>
/// <param name="pipe">Where to.</param>
/// <param name="isResult">
/// Whether what cannot be written is an error; progress and errors of a command are lost in silence, and not the command with them.
/// </param>
internal sealed class PipeWriter(TextWriter pipe, bool isResult) : TextWriter
{
    private readonly ConcurrentDictionary<int, bool> _waiting = new();

    public override Encoding Encoding => pipe.Encoding;

    /// <summary>Whether a thread is writing right now; one that is so for long is held up.</summary>
    public bool IsWriting(int thread) => _waiting.ContainsKey(thread);

    public override void Write(char value) => Do(() => pipe.Write(value));

    public override void Write(string? value) => Do(() => pipe.Write(value));

    public override void Write(char[] buffer, int index, int count) => Do(() => pipe.Write(buffer, index, count));

    public override void WriteLine() => Do(pipe.WriteLine);

    public override void WriteLine(string? value) => Do(() => pipe.WriteLine(value));

    public override void Flush() => Do(pipe.Flush);

    private void Do(Action write)
    {
        _waiting[Environment.CurrentManagedThreadId] = true;
        try
        {
            write();
        }
        catch (IOException) when (!isResult)
        {
            // There is nobody left to tell.
        }
        finally
        {
            _waiting.TryRemove(Environment.CurrentManagedThreadId, out _);
        }
    }
}
