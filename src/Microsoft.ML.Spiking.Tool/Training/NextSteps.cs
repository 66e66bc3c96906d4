namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user may do with a model that is trained.</summary>
internal static class NextSteps
{
    // A few epochs of a small data set are hardly a training.
    private const int FewBatches = 200, EnoughBatches = 500;

    public static void Say(TrainPlan plan, TrainingResult result, Action<string> say)
    {
        string[] model = ["--model", plan.Output];
        List<(string Line, string Purpose)> steps = [];
        steps.Add(plan.Test is { } test
            ? (Command("evaluate", [.. model, .. test.Words]), "how well it does, class by class")
            : (Command("evaluate", [.. model, .. (plan.Data with { Paths = ["PATH"] }).Words]), "how well it does on rows that it has not seen"));
        steps.Add((Command("report", [.. model, .. (plan.Test ?? plan.Data).Words]), "what it learnt, as a page for the browser"));
        steps.Add((Command("predict", ["PATH", .. model, .. plan.Data.ReadingWords]), "the class of an image, of a folder of them or of rows"));
        steps.Add(($"ml.Model.Load(\"{plan.Output}\", out _)", "in C#, with the package Microsoft.ML.Spiking"));

        say("");
        if (result is { End: TrainingEnd.Completed, Batches: < FewBatches })
            say($"{Text.Count(result.Batches)} {(result.Batches == 1 ? "batch is" : "batches are")} few to learn from; small data wants more passes: "
                + $"--batches {EnoughBatches}.");
        say("What next:");
        int width = steps.Max(step => step.Line.Length);
        foreach (var (line, purpose) in steps) say($"  {line.PadRight(width)}   # {purpose}");
    }

    private static string Command(string name, IEnumerable<string> words) => ShellWords.Join(["spiking", name, .. words]);
}
