namespace Microsoft.ML.Spiking.Tool;

/// <summary>Other programs' formats.</summary>
internal enum ExchangeFormat
{
    /// <summary>A graph that ONNX Runtime runs.</summary>
    Onnx,

    /// <summary>Weights by name, and the network as JSON beside them.</summary>
    Safetensors,
}
