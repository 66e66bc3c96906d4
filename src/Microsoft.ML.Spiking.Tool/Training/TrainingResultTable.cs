namespace Microsoft.ML.Spiking.Tool;

/// <summary>A <see cref="TrainingResult"/> for the eye.</summary>
internal static class TrainingResultTable
{
    public static void Draw(TrainingResult result, Terminal terminal)
    {
        terminal.Field("model", result.Model);
        if (result.TestAccuracy is { } test) terminal.Field("test accuracy",
            $"{Text.Of(test)}{(result.TestUnanswered > 0 ? $"; {Text.Count(result.TestUnanswered.Value)} rows more got no answer" : "")}");
        if (result.ValidationAccuracy is { } validation) terminal.Field("validation accuracy", Text.Of(validation));
        terminal.Field("training accuracy", result is { TestAccuracy: null, ValidationAccuracy: null }
            ? $"{Text.Of(result.TrainingAccuracy)}, with noise and dropout on"
            : Text.Of(result.TrainingAccuracy));
        terminal.Field("epochs", $"{result.Epochs}{(result.BestEpoch is { } best ? $", of which the model is that of {best}" : "")}{Ended(result.End)}");
        terminal.Field("rows", $"{Text.Count(result.Rows)}, trained on");
        terminal.Field("time", Text.Duration(TimeSpan.FromSeconds(result.Seconds)));
        terminal.Field("seed", result.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Ended(TrainingEnd end) => end switch
    {
        TrainingEnd.StoppedEarly => "; stopped early",
        TrainingEnd.TimeUp => "; time was up",
        TrainingEnd.Cancelled => "; interrupted",
        _ => "",
    };
}
