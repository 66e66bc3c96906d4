using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Samples.Web;

[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(ModelCard))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class WebJson : JsonSerializerContext;
