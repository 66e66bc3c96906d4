using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Training time of the default network until it first classifies a fraction of the 10,000 test images rightly.</summary>
/// <remarks>The training clock runs from the first batch, without evaluation; accuracy is measured on all test images, and chooses nothing.</remarks>
internal sealed class TimeToAccuracy(string name, double target, DirectoryInfo? output)
{
    private const int Interval = 50;
    private readonly MLContext _ml = new(seed: 1);

    public void Run(int seeds, bool withoutBaselines)
    {
        Machine.Print();
        IDataView train = Digits.Training(_ml), test = Digits.Test(_ml);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Default network, MNIST, measured every {Interval} batches, until {target:P2} of the test images are right:"));
        IReadOnlyList<CurvePoint>[] curves = [.. Enumerable.Range(1, seeds).Select(seed => Train(seed, train, test))];
        if (!withoutBaselines) new Baselines(_ml).Print(train, test);
        if (output is not null) AccuracyCurves.Write(output, name, target, curves);

        double[] times = [.. curves.Select(Crossing).Select(point => point?.TrainingTime.TotalSeconds ?? double.PositiveInfinity).Order()];
        double median = times[seeds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {seeds} seeds, {times[0]:F1} to {times[^1]:F1} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {median:F1} s"));
    }

    private IReadOnlyList<CurvePoint> Train(int seed, IDataView train, IDataView test)
    {
        using var enough = new CancellationTokenSource();
        var recorder = new CurveRecorder(seed, point =>
        {
            if (point.Accuracy >= target && output is null) enough.Cancel();
        });
        var options = new SpikingNetworkOptions { Seed = seed, ValidationSet = test, ValidationInterval = Interval, Progress = recorder, CancellationToken = enough.Token };
        try
        {
            _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(train);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Reached: what remains of the training would tell no more.
        }
        CurvePoint best = recorder.Points.MaxBy(point => point.Accuracy), end = recorder.Points[^1];
        string reached = Crossing(recorder.Points) is { } at ? $"{at.TrainingTime.TotalSeconds:F1} s, {at.Batches} batches ({at.Accuracy:P2})" : "not reached";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {reached}; ended after {end.Batches} batches and {end.TrainingTime.TotalSeconds:F1} s at {end.Accuracy:P2}, highest {best.Accuracy:P2}"));
        return recorder.Points;
    }

    private CurvePoint? Crossing(IReadOnlyList<CurvePoint> curve)
    {
        foreach (CurvePoint point in curve)
            if (point.Accuracy >= target) return point;
        return null;
    }
}
