using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>ML.NET's own trainers, with their default options, on the same pixels; each runs once.</summary>
internal sealed class Baselines(MLContext ml)
{
    public void Print(IDataView train, IDataView test)
    {
        // They read the rows many times.
        IDataView cached = ml.Data.Cache(train, "Features", "Label");
        Print("SdcaMaximumEntropy", ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(), cached, test);
        Print("LightGbm", ml.MulticlassClassification.Trainers.LightGbm(), cached, test);
    }

    private void Print(string name, IEstimator<ITransformer> trainer, IDataView train, IDataView test)
    {
        long start = Stopwatch.GetTimestamp();
        ITransformer model = trainer.Fit(train);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ML.NET's {name}, default options: {accuracy:P2} after {seconds:F1} s"));
    }
}
