namespace Microsoft.ML.Spiking.Tool;

/// <summary>A <see cref="TrainingResult"/> for the eye.</summary>
internal static class TrainingResultTable
{
    public static void Draw(TrainingResult result, Terminal terminal)
    {
        void Line(string name, string value) => terminal.Output.WriteLine($"{name,-21}{value}");
        Line("model", result.Model);
        if (result.TestAccuracy is { } test) Line("test accuracy", Text.Of(test));
        if (result.ValidationAccuracy is { } validation) Line("validation accuracy", Text.Of(validation));
        Line("training accuracy", Text.Of(result.TrainingAccuracy));
        Line("epochs", $"{result.Epochs}{(result.BestEpoch is { } best ? $", of which the model is that of {best}" : "")}{Ended(result.End)}");
        Line("time", Text.Duration(TimeSpan.FromSeconds(result.Seconds)));
        Line("seed", result.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Ended(TrainingEnd end) => end switch
    {
        TrainingEnd.StoppedEarly => "; stopped early",
        TrainingEnd.TimeUp => "; time was up",
        TrainingEnd.Cancelled => "; interrupted",
        _ => "",
    };
}
