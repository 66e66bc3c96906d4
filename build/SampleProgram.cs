using System.CommandLine;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>A sample's only command: what goes wrong is one line on stderr and exit code 1, and a signal ends it with 130.</summary>
internal static class SampleProgram
{
    /// <param name="command">The command.</param>
    /// <param name="args">What it is called with.</param>
    /// <param name="farewell">What is said where it ends before its end.</param>
    /// <param name="run">What it does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(RootCommand command, string[] args, string farewell, Func<ParseResult, CancellationToken, Task> run)
    {
        command.SetAction(async (arguments, cancel) =>
        {
            try
            {
                await run(arguments, cancel);
                return 0;
            }
            catch (Exception error) when (error is IOException or InvalidDataException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(error.Message);
                return 1;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine(farewell);
                return 130;
            }
        });
        // Signals are the Interruption's: a second one would find System.CommandLine unprepared.
        using var interruption = new Interruption(farewell);
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, interruption.Token);
    }
}
