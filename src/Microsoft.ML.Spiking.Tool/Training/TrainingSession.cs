namespace Microsoft.ML.Spiking.Tool;

/// <summary>A training, watched.</summary>
internal static class TrainingSession
{
    public static SpikingNetworkTransformer Train(MLContext ml, TrainPlan plan, Samples samples, CommandRun run)
    {
        if (run.Verbose)
            ml.Log += (_, line) =>
            {
                if (line.Source.StartsWith(nameof(SpikingNetworkTrainer), StringComparison.Ordinal) && line.Kind > Runtime.ChannelMessageKind.Trace) run.Terminal.Diagnostics.WriteLine(line.RawMessage);
            };
        using TensorBoardLog? log = plan.TensorBoard is { } folder ? new TensorBoardLog(folder) : null;
        using var progress = new ProgressPump(View(run, samples.Unit), log);
        try
        {
            return ml.MulticlassClassification.Trainers.SpikingNetwork(plan.Options with { Progress = progress }).Fit(samples.View);
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
        {
            throw Trouble.Divergence.Is(refusal)
                ? Failure.Diverged(refusal.Message, $"no model was written; train again with --learning-rate {plan.Options.Optimiser.LearningRate / 3:G2}, or less.", refusal)
                : Failure.Input(refusal.Message, "check the data and the options; --verbose shows the stack.", refusal);
        }
    }

    private static IProgressView View(CommandRun run, string unit)
    {
        // The log, where it is wanted, has a line an epoch of its own.
        if (run.Quiet || run.Verbose) return new NoView();
        return run.Get(TrainOptions.NoProgress) || run.Terminal.Progress.Profile.Capabilities is not { Interactive: true, Ansi: true }
            ? new LineView(run.Terminal.Diagnostics, unit)
            : new LiveView(run.Terminal.Progress, unit, run.Cancel);
    }
}
