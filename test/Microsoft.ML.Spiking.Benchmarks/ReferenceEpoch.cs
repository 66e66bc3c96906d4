using System.Diagnostics;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>One real epoch of MNIST, as the published network trains: by the training's own clock, and the memory that it took at its peak.</summary>
internal static class ReferenceEpoch
{
    public static void Run()
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView training = Digits.Training(ml), test = Digits.Test(ml);
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Batches = (60_000 + 127) / 128, Progress = new Print() };
        long start = Stopwatch.GetTimestamp();
        SpikingNetworkTransformer model = ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);
        Console.WriteLine($"whole Fit, with reading the files and making the model: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        Console.WriteLine($"peak resident memory: {PeakMemory.Megabytes():F0} MB");
        Console.WriteLine($"test accuracy, the learning rate cooled down within the epoch: {ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy:P2}");
        Console.WriteLine($"reference-epoch: {model.Model.Provenance.Duration.TotalSeconds:F1} s");
    }

    private sealed class Print : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is EpochProgress epoch) Console.WriteLine($"training loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P2}, {epoch.RowsPerSecond:F0} rows a second");
        }
    }
}
