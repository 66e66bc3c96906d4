namespace Microsoft.ML.Spiking.Tool;

/// <summary>Other programs' formats.</summary>
internal enum ExchangeFormat
{
    /// <summary>A graph of operators that ONNX Runtime runs.</summary>
    Onnx,

    /// <summary>Populations of neurons and their synapses, which simulators and neuromorphic chips run.</summary>
    Nir,

    /// <summary>A checkpoint of PyTorch's.</summary>
    PyTorch,

    /// <summary>Weights by name, and the network as JSON beside them.</summary>
    Safetensors,
}
