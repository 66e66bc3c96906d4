using System.Globalization;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A checkpoint of each format that was ever released, which every later version resumes to the model that it was on the way to.</summary>
/// <remarks>
/// What a training of format 3 came to is written beside it. Where the format changes, a file is added, and none is written anew:
/// SPIKING_WRITE_FIXTURES writes those that are not there.
/// </remarks>
[TestClass]
public sealed class CheckpointFixtureTests
{
    private static readonly SpikingNetworkOptions s_options = InterruptedTraining.Options with { ValidationFraction = 0.3, EarlyStopping = new EarlyStopping { Patience = 9 } };

    [TestMethod]
    [DataRow("format-3")]
    public void It_is_resumed_to_the_model_that_it_was_on_the_way_to(string name)
    {
        Write(name);
        using var training = new InterruptedTraining();
        File.Copy(Fixture($"{name}.checkpoint"), training.Path);

        SpikingModel model = training.Fit(s_options with { ResumeFrom = training.Path }).Model;

        Assert.HasCount(4, model.Training.History);
        CollectionAssert.AreEqual(File.ReadAllLines(Fixture($"{name}.txt")), Numbers(model));
    }

    /// <summary>What a model learnt, to the bit: the same on every processor.</summary>
    private static string[] Numbers(SpikingModel model)
        => [.. model.OutputWeights.Concat(model.OutputBias).Select(number => number.ToString("R", CultureInfo.InvariantCulture))];

    private static string Fixture(string file) => Path.Combine(AppContext.BaseDirectory, "Fitting", "Checkpoints", "Fixtures", file);

    private static void Write(string name)
    {
        if (Environment.GetEnvironmentVariable("SPIKING_WRITE_FIXTURES") is not { Length: > 0 } folder || File.Exists(Path.Combine(folder, $"{name}.checkpoint"))) return;
        using var training = new InterruptedTraining();
        training.CancelAt(s_options, progress => progress.Batches == 10);
        File.Copy(training.Path, Path.Combine(folder, $"{name}.checkpoint"));
        File.WriteAllLines(Path.Combine(folder, $"{name}.txt"), Numbers(training.Fit(s_options).Model));
    }
}
