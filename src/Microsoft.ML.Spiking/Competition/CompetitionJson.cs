using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>How the readable part of a model is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WinnerTakeAllOutline))]
internal sealed partial class CompetitionJson : JsonSerializerContext;
