namespace Microsoft.ML.Spiking.Samples.Tests.Scripting;

/// <summary>Where a cell's words and pictures go while it runs, in their order.</summary>
internal sealed class CellConsole : IDisposable
{
    private readonly List<CellOutput> _outputs = [];
    private readonly StringWriter _words = new() { NewLine = "\n" };
    private readonly TextWriter _before = Console.Out;

    public CellConsole()
    {
        Console.SetOut(TextWriter.Synchronized(_words));
        Current = this;
    }

    /// <summary>That of the cell that runs; cells run one at a time.</summary>
    public static CellConsole Current { get; private set; } = null!;

    public void Show(string mediaType, string content) => Add(new CellOutput("display_data", mediaType, content));

    /// <summary>All that was said and shown, and what the last expression gave.</summary>
    public IReadOnlyList<CellOutput> Close(object? result)
    {
        if (result is not null) Add(new CellOutput("execute_result", "text/plain", $"{result}"));
        Flush();
        return _outputs;
    }

    public void Dispose() => Console.SetOut(_before);

    private void Add(CellOutput output)
    {
        Flush();
        _outputs.Add(output);
    }

    private void Flush()
    {
        if (_words.GetStringBuilder().Length == 0) return;
        _outputs.Add(new CellOutput("stream", "text/plain", _words.ToString()));
        _words.GetStringBuilder().Clear();
    }
}
