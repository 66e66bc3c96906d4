using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>How the readable parts of a model are written.</summary>
// Infinity is a threshold that nothing reaches, and so may be stored. What a constructor asks for must be there.
[JsonSourceGenerationOptions(WriteIndented = true, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SpikingNetwork))]
[JsonSerializable(typeof(TrainingRecipe))]
[JsonSerializable(typeof(SpikingNetworkOptions))]
[JsonSerializable(typeof(ModelOutline))]
[JsonSerializable(typeof(StoredClasses))]
[JsonSerializable(typeof(TrainingRecord))]
[JsonSerializable(typeof(TrainingProvenance))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SpikingJson : JsonSerializerContext;
