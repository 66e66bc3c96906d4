using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking.Samples.Web;

[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(PixelsRequest))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class WebJson : JsonSerializerContext;
