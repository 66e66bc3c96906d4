using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Results as JSON; the names are what scripts rely on.</summary>
[JsonSerializable(typeof(NetworkSize))]
[JsonSerializable(typeof(TrainingResult))]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(PredictionLine))]
[JsonSerializable(typeof(ModelDescription))]
[JsonSerializable(typeof(Examination))]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(WrittenReport))]
[JsonSerializable(typeof(WrittenExport))]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(ImportedModel))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>One document a line.</summary>
    public static ToolJson Lines { get; } = new(Style());

    /// <summary>Whole documents, for people and scripts.</summary>
    public static ToolJson Documents { get; } = new(new(Style()) { WriteIndented = true });

    // Class names in any script stay legible: what is written here goes to no web page.
    private static JsonSerializerOptions Style() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
