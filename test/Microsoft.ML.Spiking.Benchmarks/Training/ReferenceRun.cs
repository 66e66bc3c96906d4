using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The published network on the whole of MNIST over a whole schedule, epoch by epoch, beside what was published.</summary>
internal sealed class ReferenceRun(DirectoryInfo output)
{
    private const string Header = "epoch,loss,training_accuracy,test_accuracy,spike_rate,density,training_seconds";

    /// <summary>Trains, writes reference-N.csv, and draws every such file of the folder as reference.svg.</summary>
    /// <param name="epochs">N; 0 to draw what is there.</param>
    public void Run(int epochs)
    {
        Machine.Print();
        output.Create();
        if (epochs > 0) Train(epochs);
        ReferenceCurve[] curves = [.. output.EnumerateFiles("reference-*.csv").Select(ReferenceCurve.Read).Where(curve => curve.IsWhole).OrderBy(curve => curve.Epochs)];
        if (curves.Length == 0) throw new InvalidOperationException($"'{output.FullName}' holds no whole reference-N.csv to draw; name a number of --epochs to train for.");
        ReferencePicture.Write(Path.Combine(output.FullName, "reference.svg"), curves);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reference-run: {curves[^1].TestAccuracy[^1]:F4} fraction"));
    }

    private void Train(int epochs)
    {
        var ml = new MLContext(seed: 1);
        using var file = new StreamWriter(Path.Combine(output.FullName, $"reference-{epochs}.csv"));
        file.WriteLine(Header);
        SpikingNetworkOptions options = SpikingNetworkOptions.Reference with { Epochs = epochs, Seed = 1, ValidationSet = Digits.Test(ml), Progress = new Lines(file) };
        ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Digits.Training(ml));
    }

    private sealed class Lines(StreamWriter file) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is not EpochProgress e) return;
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{e.Epoch},{e.Loss:F4},{e.Accuracy:F4},{e.ValidationAccuracy:F4},{e.SpikeRate:F4},{e.ConnectionDensity:F4},{e.TrainingTime.TotalSeconds:F1}");
            file.WriteLine(line);
            file.Flush();
            Console.WriteLine(line);
        }
    }
}
