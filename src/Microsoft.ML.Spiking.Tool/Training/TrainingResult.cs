namespace Microsoft.ML.Spiking.Tool;

/// <summary>What came of a training.</summary>
/// <param name="Model">The model's path.</param>
/// <param name="End">How the training ended.</param>
/// <param name="TestAccuracy">Accuracy on the test set; null without one.</param>
/// <param name="TestUnanswered">Rows of the test set that got no answer, a feature being missing; null without one.</param>
/// <param name="ValidationAccuracy">Accuracy on the rows that were kept apart; null without such.</param>
/// <param name="TrainingAccuracy">Accuracy in the epoch that the model is of, with noise and dropout on.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Epochs">Epochs trained, the last one maybe in part.</param>
/// <param name="BestEpoch">The epoch that the model is of, where early stopping chose one.</param>
/// <param name="Batches">Batches that made the model.</param>
/// <param name="Seconds">Training time, evaluation excluded.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Resume">The command that takes the training up again; null where it is complete.</param>
internal sealed record TrainingResult(
    string Model, TrainingEnd End, double? TestAccuracy, long? TestUnanswered, double? ValidationAccuracy, double TrainingAccuracy, long Rows, int Epochs,
    int? BestEpoch, int Batches, double Seconds, int Seed, string? Resume)
{
    public static TrainingResult Of(TrainPlan plan, SpikingModel model, EvaluationResult? test)
    {
        TrainingRecord training = model.Training;
        return new TrainingResult(
            plan.Output, training.End, test?.MicroAccuracy, test?.Unanswered, plan.Validates ? training.ValidationAccuracy : null,
            training.History[(training.BestEpoch ?? training.History.Count) - 1].Accuracy, training.Rows, training.History.Count, training.BestEpoch,
            training.Batches,
            Math.Round(model.Provenance.Duration.TotalSeconds, 3), training.Seed,
            training.End is TrainingEnd.Cancelled or TrainingEnd.TimeUp ? plan.ResumeCommand : null);
    }
}
