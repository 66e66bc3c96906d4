using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The option by which a command is told the time step of a NIR file.</summary>
internal static class TimeStepOption
{
    public static Option<double?> Create() => WordOption.Create<double>("--time-step", "SECONDS",
        $"What a time step is, of NIR, whose files do not say it (default: {Default}, as snnTorch has it).", "a number of seconds above 0 and at most 1",
        word => WordOption.Number(word) is > 0 and <= 1 and var seconds ? seconds : null);

    /// <summary>What was said, or the default.</summary>
    /// <exception cref="Failure">It was said of a format that has no use for it.</exception>
    public static double Of(CommandRun run, Option<double?> option, ExchangeFormat format)
        => format == ExchangeFormat.Nir || !run.Has(option) ? run.Get(option) ?? Default
            : throw Failure.Usage($"{option.Name} says what a time step is in a NIR file, but the file is of {format}.", $"leave {option.Name} out.");

    private static double Default => SpikingModelNir.DefaultTimeStep;
}
