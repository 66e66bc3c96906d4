using System.Text.Json.Nodes;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What every training leaves beside its model, model.run.json for model.zip, and what --config takes: of that only the options count.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Data">What it trains on.</param>
/// <param name="Test">What the model is measured on.</param>
/// <param name="Output">The model.</param>
/// <param name="Seed">The seed of all randomness.</param>
/// <param name="Versions">What it ran on.</param>
/// <param name="Options">The network, its training, and what was asked of this run.</param>
internal sealed record RunFile(string Command, IReadOnlyList<string> Data, IReadOnlyList<string>? Test, string Output, int Seed, RunVersions Versions,
    JsonObject Options)
{
    /// <summary>Where that of a model lies.</summary>
    public static string Of(string model) => Path.ChangeExtension(model, ".run.json");
}

/// <summary>What a training ran on.</summary>
/// <param name="Library">Version of Microsoft.ML.Spiking.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Platform">Its runtime identifier.</param>
internal sealed record RunVersions(string Library, string Runtime, string Platform);
