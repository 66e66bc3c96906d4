using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a training writes as JSON; the names are what scripts rely on.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(NetworkSize))]
[JsonSerializable(typeof(TrainingResult))]
internal sealed partial class TrainJson : JsonSerializerContext;
