using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>One run of a command: what was asked, where answers go, and whether to stop.</summary>
internal sealed class CommandRun(ParseResult arguments, Terminal terminal, CancellationToken cancel)
{
    public Terminal Terminal => terminal;

    public CancellationToken Cancel => cancel;

    public bool Json => arguments.GetValue(CommonOptions.Json);

    public bool Quiet => arguments.GetValue(CommonOptions.Quiet);

    public bool Verbose => arguments.GetValue(CommonOptions.Verbose);

    /// <summary>The command line, word by word.</summary>
    public IEnumerable<string> Words => arguments.Tokens.Select(token => token.Value);

    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    public T? Get<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>Whether the option stands on the command line, and is not there by default.</summary>
    public bool Has(Option option) => arguments.GetResult(option) is { Implicit: false };

    /// <summary>The same run, of which nobody hears but what ends it.</summary>
    public CommandRun Unheard() => new(arguments, Terminal.Of(TextWriter.Null, TextWriter.Null), cancel);

    /// <summary>Progress: for the eye, never a result.</summary>
    public void Say(string line)
    {
        if (!Quiet) terminal.Diagnostics.WriteLine(Text.Line(line));
    }

    /// <summary>What a user should know before relying on the result; --quiet does not hide it.</summary>
    public void Warn(string line) => terminal.Warn(line);

    /// <summary>Where steps say what comes beside their result.</summary>
    public Remarks Remarks => new(Say, Warn);

    /// <summary>ML.NET's context; what its parts warn of is shown, once each, and with --verbose the training's log too.</summary>
    public MLContext CreateContext(int? seed)
    {
        var ml = new MLContext(seed);
        var warned = new ConcurrentDictionary<string, bool>();
        ml.Log += (_, line) =>
        {
            if (line.Kind is Runtime.ChannelMessageKind.Warning or Runtime.ChannelMessageKind.Error)
            {
                if (warned.TryAdd(line.RawMessage, true)) Warn(line.RawMessage);
            }
            else if (Verbose && line.Kind is Runtime.ChannelMessageKind.Info && line.Source.StartsWith(nameof(SpikingNetworkTrainer), StringComparison.Ordinal))
            {
                terminal.Diagnostics.WriteLine(line.RawMessage);
            }
        };
        return ml;
    }

    /// <summary>A result: as JSON where that was asked for, else as the command draws it.</summary>
    public void Answer<T>(T result, JsonTypeInfo<T> type, Action<T, Terminal> draw)
    {
        if (Json) terminal.Output.WriteLine(JsonSerializer.Serialize(result, type));
        else draw(result, terminal);
    }
}
