using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Proof;

/// <summary>How golden rows are written.</summary>
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredGolden))]
internal sealed partial class ProofJson : JsonSerializerContext;
