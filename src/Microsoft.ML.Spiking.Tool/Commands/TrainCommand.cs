namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking train: from labelled data to a model.zip.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly TrainOptions _options = new();

    public TrainCommand(Terminal terminal) : base("train", "Trains a network on labelled data and writes it as a model.zip.", terminal) => _options.AddTo(this);

    protected override ExitCode Run(CommandRun run)
    {
        TrainPlan plan = _options.Read(run);
        var ml = new MLContext(plan.Options.Seed);
        Samples samples = DataSource.OpenLabelled(ml, plan.Data, size: null, run.Say);
        NetworkSize size = NetworkSize.Of(plan.Options, samples);
        if (run.Get(_options.DryRun))
        {
            run.Answer(size, ToolJson.Documents.NetworkSize, NetworkTable.Draw);
            return ExitCode.Done;
        }

        BackEnd.Load();
        Gpu.Offer(ml, plan.Options.Device);
        plan.WriteRunFile();
        run.Say($"Training {size.Neurons:N0} neurons on {samples.Source}.");
        SpikingNetworkTransformer trained = TrainingSession.Train(ml, plan, samples, run);
        TrainedFile.Write(ml, trained, samples, plan.Output);

        TrainingResult result = TrainingResult.Of(plan, trained.Model, MeasureTest(ml, plan, run));
        if (result.Resume is null && plan.Checkpoint.Use == CheckpointUse.UntilComplete) File.Delete(plan.Checkpoint.Path);
        run.Answer(result, ToolJson.Documents.TrainingResult, TrainingResultTable.Draw);
        if (result.End != TrainingEnd.Cancelled) NextSteps.Say(plan, result, run.Say);
        if (result.Resume is { } resume) run.Terminal.Diagnostics.WriteLine($"To go on: {resume}");
        return trained.Model.Training.End == TrainingEnd.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>The written model's accuracy on the test set; null where there is none, or no time for it.</summary>
    private static double? MeasureTest(MLContext ml, TrainPlan plan, CommandRun run)
    {
        if (plan.Test is not { } test || run.Cancel.IsCancellationRequested) return null;
        LoadedModel model = LoadedModel.Open(ml, plan.Output);
        return Evaluation.Measure(ml, model, DataSource.OpenLabelled(ml, test, model.ImageSize, run.Say), top: 1, run).MicroAccuracy;
    }
}
