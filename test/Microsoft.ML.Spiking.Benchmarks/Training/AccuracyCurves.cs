using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Accuracy over training time, a curve a seed, as numbers and as a picture.</summary>
internal static class AccuracyCurves
{
    /// <param name="folder">Where to.</param>
    /// <param name="name">The files' name.</param>
    /// <param name="target">Accuracy to mark.</param>
    /// <param name="curves">A curve a seed.</param>
    public static void Write(DirectoryInfo folder, string name, double target, IReadOnlyList<CurvePoint>[] curves)
    {
        folder.Create();
        string csv = Path.Combine(folder.FullName, name + ".csv"), svg = Path.Combine(folder.FullName, name + ".svg");
        File.WriteAllLines(csv, ["seed,batches,training_seconds,test_accuracy", .. curves.SelectMany(curve => curve).Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"{point.Seed},{point.Batches},{point.TrainingTime.TotalSeconds:F3},{point.Accuracy:F4}"))]);
        Plot.Save(Picture(target, curves), svg);
        Console.WriteLine($"Numbers: {csv}");
    }

    private static PlotModel Picture(double target, IReadOnlyList<CurvePoint>[] curves)
    {
        PlotModel model = Plot.Empty("Default network on MNIST");
        model.Axes.Add(Plot.Axis(AxisPosition.Bottom, "Training time without evaluation, seconds", 0, double.NaN));
        model.Axes.Add(Plot.Axis(AxisPosition.Left, "Test images classified rightly, %", 90, 100));
        model.Legends.Add(Plot.Legend());
        model.Annotations.Add(new LineAnnotation
        {
            Type = LineAnnotationType.Horizontal, Y = 100 * target, Color = Plot.Grey, LineStyle = LineStyle.Dash,
            Text = string.Create(CultureInfo.InvariantCulture, $"{target:P2}"), TextColor = Plot.Grey,
        });
        foreach (IReadOnlyList<CurvePoint> curve in curves)
        {
            var line = new LineSeries { Title = Plot.Named($"seed {curve[0].Seed}"), StrokeThickness = 1.6 };
            line.Points.AddRange(curve.Select(point => new DataPoint(point.TrainingTime.TotalSeconds, 100 * point.Accuracy)));
            model.Series.Add(line);
        }
        return model;
    }
}
