using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a training writes as JSON; the names are what scripts rely on.</summary>
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(NetworkSize))]
[JsonSerializable(typeof(TrainingResult))]
internal sealed partial class TrainJson : JsonSerializerContext
{
    // Paths and commands stay legible: what is written here goes to no web page.
    public static TrainJson Documents { get; } = new(new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
