using System.Globalization;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A checkpoint that is kept, and beside it what its training came to: output weights, then biases.</summary>
/// <remarks>None is ever written anew: SPIKING_WRITE_FIXTURES=FOLDER writes into FOLDER what is not there yet.</remarks>
/// <param name="name">Its files' name, without an ending.</param>
/// <param name="options">By which it was trained.</param>
internal sealed class CheckpointFixture(string name, SpikingNetworkOptions options)
{
    /// <summary>Goes on from it to the end.</summary>
    public SpikingModel Resume()
    {
        Write();
        using var training = new InterruptedTraining();
        File.Copy(Kept("checkpoint"), training.Path);
        return training.Fit(options with { ResumeFrom = training.Path }).Model;
    }

    /// <summary>What a model learnt.</summary>
    public static float[] Numbers(SpikingModel model) => [.. model.OutputWeights, .. model.OutputBias];

    /// <summary>What it was on the way to.</summary>
    public float[] Expected() => [.. File.ReadAllLines(Kept("txt")).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];

    private string Kept(string ending) => Path.Combine(AppContext.BaseDirectory, "Fitting", "Checkpoints", "Fixtures", $"{name}.{ending}");

    private void Write()
    {
        if (Environment.GetEnvironmentVariable("SPIKING_WRITE_FIXTURES") is not { Length: > 0 } folder || File.Exists(Path.Combine(folder, $"{name}.checkpoint"))) return;
        using var training = new InterruptedTraining();
        training.CancelAt(options, progress => progress.Batches == 10);
        File.Copy(training.Path, Path.Combine(folder, $"{name}.checkpoint"));
        File.WriteAllLines(Path.Combine(folder, $"{name}.txt"), Numbers(training.Fit(options).Model).Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
    }
}
