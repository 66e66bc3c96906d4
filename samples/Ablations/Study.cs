using System.Globalization;
using System.Text;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Every ablation on one task, over several seeds. Differences are taken seed by seed, since a seed shares its shuffles and first weights.</summary>
internal sealed class Study(StudyTask task, int seeds)
{
    private readonly MLContext _ml = new(seed: 1);

    /// <returns>A Markdown section with a table.</returns>
    public string Run()
    {
        var section = new StringBuilder();
        Say(section, $"## {task.Name}");
        Say(section, $"");
        Say(section, $"| without | test accuracy, % | difference to the whole network, points | training, s |");
        Say(section, $"|---|---|---|---|");
        double[]? whole = null;
        foreach (Ablation ablation in Ablation.All)
        {
            SpikingNetworkOptions options = ablation.Remove(task.Options);
            (double Accuracy, double Seconds)[] runs = [.. Enumerable.Range(1, seeds).Select(seed => Train(options with { Seed = seed }))];
            whole ??= [.. runs.Select(run => run.Accuracy)];
            Say(section, Row(ablation.Name, runs, whole));
        }
        Say(section, Row("spikes: a plain MLP of the same size", BestPerceptron(), whole!));
        return section.ToString();
    }

    private (double Accuracy, double Seconds) Train(SpikingNetworkOptions options)
    {
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(task.Training);
        return (_ml.MulticlassClassification.Evaluate(model.Transform(task.Test)).MicroAccuracy, model.Model.Provenance.Duration.TotalSeconds);
    }

    /// <summary>The one of three learning rates that does best on the test rows: in doubt, the MLP is to have the advantage.</summary>
    private (double Accuracy, double Seconds)[] BestPerceptron()
    {
        var perceptron = new Perceptron(task);
        return ((double[])[3e-4, 1e-3, 3e-3])
            .Select(rate => Enumerable.Range(1, seeds).Select(seed => perceptron.Train(seed, rate)).ToArray())
            .MaxBy(runs => runs.Average(run => run.Accuracy))!;
    }

    private static FormattableString Row(string name, (double Accuracy, double Seconds)[] runs, double[] whole)
    {
        Sample accuracy = Sample.Of([.. runs.Select(run => 100 * run.Accuracy)]);
        Sample difference = Sample.Of([.. runs.Select((run, i) => 100 * (run.Accuracy - whole[i]))]);
        double seconds = runs.Select(run => run.Seconds).Order().ElementAt(runs.Length / 2);
        return $"| {name} | {accuracy.Mean:F2} ± {accuracy.HalfWidth:F2} | {difference.Mean:+0.00;-0.00;0.00} ± {difference.HalfWidth:F2} | {seconds:F1} |";
    }

    private static void Say(StringBuilder section, FormattableString line)
    {
        string text = line.ToString(CultureInfo.InvariantCulture);
        section.AppendLine(text);
        Console.WriteLine(text);
    }
}
