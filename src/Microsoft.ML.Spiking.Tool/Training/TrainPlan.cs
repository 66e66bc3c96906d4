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
    public string ResumeCommand
    {
        get
        {
            List<string> words = [.. Words];
            for (int at = words.IndexOf(TrainOptions.ResumeName); at >= 0; at = words.IndexOf(TrainOptions.ResumeName)) words.RemoveRange(at, 2);
            return ShellWords.Join(["spiking", .. words, TrainOptions.ResumeName, Checkpoint.Path]);
        }
    }

    /// <summary>Leaves a .run.json beside the model to be: what was asked, and what it came to.</summary>
    public void WriteRunFile()
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
