using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Curves of the published network beside the points that were published.</summary>
internal static class ReferencePicture
{
    public static void Write(string path, IReadOnlyList<ReferenceCurve> curves)
    {
        PlotModel model = Plot.Empty("The published network on MNIST: test accuracy");
        model.Axes.Add(Plot.Axis(AxisPosition.Bottom, "Epochs", 0, 41));
        model.Axes.Add(Plot.Axis(AxisPosition.Left, "Test images classified rightly, %", 65, 100));
        model.Legends.Add(Plot.Legend());
        foreach (ReferenceCurve curve in curves)
        {
            var line = new LineSeries { Title = Plot.Named($"{curve.Epochs} epochs, here"), StrokeThickness = 1.8 };
            line.Points.AddRange(curve.TestAccuracy.Select((accuracy, i) => new DataPoint(i + 1, 100 * accuracy)));
            model.Series.Add(line);
        }
        var published = new ScatterSeries { Title = Plot.Named("published"), MarkerType = MarkerType.Diamond, MarkerSize = 6, MarkerFill = OxyColors.Black };
        published.Points.AddRange(PublishedLog.Points.Select(point => new ScatterPoint(point.Epoch, point.Accuracy)));
        model.Series.Add(published);
        Plot.Save(model, path);
    }
}
