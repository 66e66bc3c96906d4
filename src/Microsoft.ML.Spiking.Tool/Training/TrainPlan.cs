using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a training is to do, once command line, configuration and preset are one.</summary>
/// <param name="Options">The network and its training, with the seed.</param>
/// <param name="Data">What it trains on.</param>
/// <param name="Test">What the finished model is measured on; null for nothing.</param>
/// <param name="Output">The model.zip.</param>
/// <param name="Checkpoint">Where it leaves what it needs to go on.</param>
/// <param name="TensorBoard">The folder of TensorBoard's event files; null for none.</param>
/// <param name="Words">The command line.</param>
internal sealed record TrainPlan(
    SpikingNetworkOptions Options, DataRequest Data, DataRequest? Test, string Output, CheckpointTarget Checkpoint, string? TensorBoard,
    IReadOnlyList<string> Words)
{
    /// <summary>Whether it measures itself on rows that are kept apart, and may choose its end by them.</summary>
    public bool Validates => Options.ValidationFraction > 0 || Options.EarlyStopping is not null;

    /// <summary>The command that takes the training up again.</summary>
    public string ResumeCommand => Resumed(to: []);

    /// <summary>The command that takes it up again, and writes the model elsewhere.</summary>
    public string SaveElsewhereCommand => Resumed(to: [TrainOptions.OutputName, "PATH"]);

    /// <summary>
    /// Says before hours of training that the model could not be written, and leaves a .run.json beside it: what was asked, and what it came to.
    /// </summary>
    /// <exception cref="Failure">Nothing can be written there.</exception>
    public void Begin() => WrittenFile.Guard(Output, TrainOptions.OutputName, () =>
    {
        WriteRunFile();
        WholeFile.Try(Output);
    });

    private string Resumed(string[] to)
    {
        List<string> words = [.. Words];
        string[] replaced = to.Length == 0 ? [TrainOptions.ResumeName] : [TrainOptions.ResumeName, TrainOptions.OutputName, TrainOptions.OutputLetter];
        for (int at = words.FindIndex(replaced.Contains); at >= 0; at = words.FindIndex(replaced.Contains))
            words.RemoveRange(at, Math.Min(2, words.Count - at));
        return ShellWords.Join(["spiking", .. words, TrainOptions.ResumeName, Checkpoint.Path, .. to]);
    }

    private void WriteRunFile()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Output))!);
        var file = new RunFile(
            ShellWords.Join(["spiking", .. Words]), Data.Paths, Test?.Paths, Output, Options.Seed!.Value,
            new RunVersions(
                TrainingProvenance.VersionOf(typeof(SpikingModel)), RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier),
            OptionsFile.Json(Options));
        WholeFile.Write(RunFile.Of(Output), stream => System.Text.Json.JsonSerializer.Serialize(stream, file, ToolJson.Documents.RunFile));
    }
}
