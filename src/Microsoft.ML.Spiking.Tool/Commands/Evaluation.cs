using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Runs a model over labelled rows and measures it as ML.NET's evaluator does.</summary>
internal static class Evaluation
{
    // A name that no column of theirs has.
    private const string Cost = "What the prediction cost";

    public static EvaluationResult Measure(MLContext ml, LoadedModel model, Samples samples, int top, CommandRun run, bool curve = false)
    {
        if (curve && model.Network.Model.Input.Steps is not null)
            throw Failure.Input("The rows bring their own time steps, so that --curve cannot show the model fewer of them.", "leave --curve out.");
        samples = Scoring.WithModelsLabels(ml, model, samples);
        var labelled = new LabelledRows(run.Cancel);
        ColumnNames names = model.Network.Model.Names;
        IDataView rows = Scoring.Prepare(ml, model, samples, run.Say), scored = model.Network.Transform(rows);
        IDataView counted = labelled.Answered(ml, scored, names.Score);   // counts once a pass
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(
            counted, Samples.Label, names.Score, names.PredictedLabel, Math.Min(top, model.Classes.Count));

        if (labelled.Count == 0)
            throw labelled.Unanswered > 0
                ? Failure.Input($"None of the {Text.Count(labelled.Unanswered)} rows with a label got an answer: a feature of each is missing or no finite "
                    + "number.", "fill in what is missing, or train without the column (--ignore).")
                : Failure.Input("The data has no row with a label.", "give rows with labels that the model knows.");
        if (labelled.Unanswered > 0) run.Warn(Unanswered.Sentence(labelled.Unanswered));
        ReliabilityDiagram reliability = ReliabilityDiagram.Measure(scored, Samples.Label, names.Score);
        RateShift.Warn(ml, model, scored, run.Warn);
        ConfusionMatrix confusion = metrics.ConfusionMatrix;
        ClassResult[] classes = [.. model.Classes.Select((name, c) => Class(name, c, confusion))];
        return new EvaluationResult(labelled.Count, labelled.Unanswered, metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss,
            reliability.ExpectedCalibrationError, reliability.Bins, [.. metrics.TopKAccuracyForAllK ?? []], classes,
            [.. confusion.Counts.Select(row => (IReadOnlyList<long>)[.. row.Select(count => (long)count)])], CostOf(model.Network, rows),
            curve ? [.. Enumerable.Range(1, model.Network.Model.Steps).Where(steps => steps >= model.Network.Model.Network.Readout.Windows)
                .Select(steps => CostCurve.At(steps, model.Network, rows, Samples.Label, ClassOf, cancel: run.Cancel)).OfType<CurvePoint>()] : null);
    }

    /// <summary>What the rows cost that get an answer.</summary>
    private static CostResult CostOf(SpikingNetworkTransformer network, IDataView rows)
    {
        double[] sums = new double[4];
        long count = 0;
        foreach (double[] cost in network.WithCost(Cost).Transform(rows).GetColumn<double[]>(Cost))
        {
            if (double.IsNaN(cost[0])) continue;
            count++;
            for (int i = 0; i < sums.Length; i++) sums[i] += cost[i];
        }
        return new CostResult(sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count, network.Scorer.Rates.Costs.Value.Dense);
    }

    /// <summary>Reads a class by its key, which counts the model's classes.</summary>
    private static Func<int?> ClassOf(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<uint> get = row.GetGetter<uint>(label);
        uint key = 0;
        return () =>
        {
            get(ref key);
            return key == 0 ? null : (int)key - 1;
        };
    }

    private static ClassResult Class(string name, int c, ConfusionMatrix confusion)
    {
        double hits = confusion.Counts[c][c], rows = confusion.Counts[c].Sum(), taken = confusion.Counts.Sum(row => row[c]);
        double? precision = taken > 0 ? hits / taken : null, recall = rows > 0 ? hits / rows : null, f1 = taken + rows > 0 ? 2 * hits / (taken + rows) : null;
        return new ClassResult(name, (long)rows, precision, recall, f1);
    }
}
