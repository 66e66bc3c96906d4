using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A training, watched.</summary>
internal static class TrainingSession
{
    /// <param name="ml">The context.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="samples">The rows to learn from.</param>
    /// <param name="test">The rows to measure on as it goes, where none are kept apart; null for none. Nothing is chosen by them.</param>
    /// <param name="run">The command's run.</param>
    public static SpikingNetworkTransformer Train(MLContext ml, TrainPlan plan, Samples samples, Samples? test, CommandRun run)
    {
        // Test rows measure, and choose nothing.
        SpikingNetworkOptions options = plan.Validates ? plan.Options : plan.Options with { ValidationSet = test?.View, Calibration = null };
        using TensorBoardLog? log = plan.TensorBoard is { } folder ? OpenLog(folder, run.Warn) : null;
        using var progress = new ProgressPump(View(run, samples.Unit, plan.Validates ? "validation" : "test"), log, run.Cancel);
        try
        {
            return ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Progress = progress }).Fit(samples.View);
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException && !Trouble.Gpu.Is(refusal) && !Trouble.LibTorch.Is(refusal))
        {
            throw Trouble.Divergence.Is(refusal)
                ? Failure.Diverged(refusal.Message,
                    $"no model was written; train again with --learning-rate {plan.Options.Optimiser.LearningRate / 3:G2}, or less.", refusal)
                : Failure.Input(refusal.Message, Trouble.NoRows.Is(refusal)
                    ? $"see what the label and the features hold; {TrainOptions.FillMissingName} puts a column's mean where a number is missing."
                    : "check the data and the options; --verbose shows the stack.", refusal);
        }
    }

    private static TensorBoardLog OpenLog(string folder, Action<string> warn)
    {
        try
        {
            return new TensorBoardLog(folder, warn);
        }
        catch (Exception error) when (WrittenFile.IsOfDisk(error))
        {
            throw WrittenFile.Refusal(folder, $"name another folder with {TrainOptions.TensorBoardName}.", error);
        }
    }

    private static IProgressView View(CommandRun run, string unit, string measured)
    {
        // The log, where it is wanted, has a line an epoch of its own.
        if (run.Quiet || run.Verbose) return new NoView();
        return run.Get(TrainOptions.NoProgress) || run.Terminal.Progress.Profile.Capabilities is not { Interactive: true, Ansi: true }
            ? new LineView(run.Terminal.Diagnostics, unit, measured)
            : new LiveView(run.Terminal.Progress, unit, measured, run.Cancel);
    }
}
