using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>spiking train: from labelled data to a model.zip.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private readonly TrainOptions _options = new();

    public TrainCommand(Terminal terminal) : base("train", "Trains a network on labelled data and writes it as a model.zip.", terminal) => _options.AddTo(this);

    protected override ExitCode Run(CommandRun run)
    {
        TrainPlan plan = _options.Read(run);
        if (plan.Options.Communicator is { Rank: > 0 }) return Follow(plan, run.Unheard());
        MLContext ml = run.CreateContext(plan.Options.Seed);
        Samples samples = DataSource.OpenLabelled(ml, plan.Data, InputNeeds.None, run.Remarks);
        ClassAdvice.Warn(samples, run.Warn);
        NetworkSize size = NetworkSize.Of(plan.Options, samples);
        if (run.Get(_options.DryRun))
        {
            run.Answer(size, ToolJson.Documents.NetworkSize, NetworkTable.Draw);
            return ExitCode.Done;
        }

        // What does not fit is said before hours of training, and not after.
        Samples? test = OpenTest(ml, plan, samples, run.Remarks);
        plan.Begin();
        run.Say($"Training {size.Neurons:N0} neurons on {samples.Source}.");
        ITransformer? fill = run.Get(_options.FillMissing) ? MissingValues.Fill(ml, samples) : null;
        SpikingNetworkTransformer trained = TrainAndWrite(ml, plan, samples, test, fill, run);
        if (LeftToData.Line(plan.Options, trained.Model) is { } chosen) run.Say(chosen);

        TrainingResult result = TrainingResult.Of(plan, trained.Model, MeasureTest(ml, plan, test, run));
        if (result.Resume is null && plan.Checkpoint.Use == CheckpointUse.UntilComplete) File.Delete(plan.Checkpoint.Path);
        run.Answer(result, ToolJson.Documents.TrainingResult, TrainingResultTable.Draw);
        if (result.End != TrainingEnd.Cancelled) NextSteps.Say(plan, result, run.Say);
        if (result.Resume is { } resume) run.Terminal.Diagnostics.WriteLine($"To go on: {resume}");
        return trained.Model.Training.End == TrainingEnd.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>Trains with the first of the processes, which says and writes what comes of it.</summary>
    private ExitCode Follow(TrainPlan plan, CommandRun run)
    {
        if (run.Get(_options.DryRun)) return ExitCode.Done;
        MLContext ml = run.CreateContext(plan.Options.Seed);
        Samples samples = DataSource.OpenLabelled(ml, plan.Data, InputNeeds.None, run.Remarks);
        Samples? test = OpenTest(ml, plan, samples, run.Remarks);
        ITransformer? fill = run.Get(_options.FillMissing) ? MissingValues.Fill(ml, samples) : null;
        TrainingSession.Train(ml, plan with { TensorBoard = null }, Filled(samples, fill), test is null ? null : Filled(test, fill), run);
        return ExitCode.Done;
    }

    /// <summary>Once interrupted, it takes the time that it needs to finish a batch and to save what there is.</summary>
    private static SpikingNetworkTransformer TrainAndWrite(MLContext ml, TrainPlan plan, Samples samples, Samples? test, ITransformer? fill, CommandRun run)
    {
        using IDisposable saving = Interruption.Saving();
        SpikingNetworkTransformer trained = TrainingSession.Train(ml, plan, Filled(samples, fill), test is null ? null : Filled(test, fill), run);
        try
        {
            TrainedFile.Write(ml, fill, trained, samples, plan.Output);
        }
        catch (Exception error) when (WrittenFile.IsOfDisk(error))
        {
            throw TrainedFile.Lost(plan, error, path => TrainedFile.Write(ml, fill, trained, samples, path));
        }
        return trained;
    }

    private static Samples Filled(Samples samples, ITransformer? fill) => fill is null ? samples : samples with { View = fill.Transform(samples.View) };

    /// <summary>The test set with the training's classes; null where there is none.</summary>
    private static Samples? OpenTest(MLContext ml, TrainPlan plan, Samples training, Remarks remarks)
    {
        if (plan.Test is null) return null;
        Samples test = DataSource.OpenLabelled(ml, plan.Test, InputNeeds.Of(training), remarks);
        return LabelValues.Of(training.View.Schema[Samples.Label])?.Texts is { } classes
            ? Scoring.WithLabels(ml, test, classes, "The training data has")
            : test;
    }

    /// <summary>What the written model makes of the test set; null where there is none, or no time for it.</summary>
    private static EvaluationResult? MeasureTest(MLContext ml, TrainPlan plan, Samples? test, CommandRun run)
        => test is null || run.Cancel.IsCancellationRequested ? null : Evaluation.Measure(ml, LoadedModel.Open(ml, plan.Output), test, top: 1, run);
}
