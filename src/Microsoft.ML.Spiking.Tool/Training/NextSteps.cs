namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user may do with a model that is trained: commands for the shell.</summary>
internal static class NextSteps
{
    public static void Draw(TrainPlan plan, Action<string> say)
    {
        string[] model = ["--model", plan.Output];
        say("");
        say("What next:");
        if (plan.Test is { } test) Step("evaluate", [.. model, .. test.Words], "by class");
        Step("report", [.. model, .. (plan.Test ?? plan.Data).Words], "to look inside");
        Step("predict", ["PATH", .. model, .. plan.Data.ToneWords], "images or rows");
        say("  in C#: ml.Model.Load(path, out _), with the package Microsoft.ML.Spiking alone");

        void Step(string command, IEnumerable<string> words, string why) => say($"  {ShellWords.Join(["spiking", command, .. words])}   # {why}");
    }
}
