namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The published network on the 10,000 test images, from the files to the metrics, as a user evaluates it.</summary>
internal static class EvaluateTenThousand
{
    private const int Runs = 7, TorchImages = 1000;

    public static void Run()
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView test = Digits.Test(ml);
        SpikingNetworkTransformer model = BriefTraining.Of(ml, SpikingNetworkOptions.Reference);
        Console.WriteLine("The published network, 64 columns of 128 neurons, 50 steps, deterministic code. Medians:");

        double whole = Timing.Print("whole: model.Transform and Evaluate, from the files", Runs, () => ml.MulticlassClassification.Evaluate(model.Transform(test)));
        PrintSplit(model.Model, Digits.Pixels(test), whole);
        ITransformer linear = BriefTraining.Linear(ml);
        Timing.Print("ML.NET's SdcaMaximumEntropy: Transform and Evaluate", Runs, () => ml.MulticlassClassification.Evaluate(linear.Transform(test)));
        using var engine = new TorchEvaluation(Digits.Pixels(ml.Data.TakeRows(test, TorchImages)));
        double torch = Timing.Print($"torch engine: columns and readout of {TorchImages} images", 3, engine.Run);
        Console.WriteLine($"torch engine : scorer, an image = {torch / TorchImages * 10_000 / whole:F1} : 1");
        Console.WriteLine($"evaluate-10k: {whole / 1000:F3} s");
    }

    /// <summary>By differences: the columns alone, then with the readout, then all.</summary>
    private static void PrintSplit(SpikingModel model, float[] pixels, double whole)
    {
        int inputs = model.Input.Inputs, rows = pixels.Length / inputs;
        var scorer = new SpikingScorer(model);
        var batch = new IntensityBatch(pixels, inputs);
        float[] logits = new float[rows * model.Classes], rates = new float[rows * model.Network.AllColumns];
        double columns = Timing.Of(Runs, () => scorer.Health(batch, rows)).Median;
        double scored = Timing.Of(Runs, () => scorer.Run(batch, rows, logits, rates)).Median;
        Console.WriteLine($"  of which columns {columns:F0} ms, readout {scored - columns:F0} ms, ML.NET with the files' reading {whole - scored:F0} ms");
    }
}
