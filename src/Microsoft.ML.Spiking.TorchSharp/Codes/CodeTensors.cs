using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What a code on tensors needs of the network that it encodes for.</summary>
/// <param name="InputScale">The scale of each input, [input], with its gradient where it learns; null where the code has none.</param>
/// <param name="Steps">Time steps of a row that brings none of its own.</param>
/// <param name="Inputs">Inputs to the first layer.</param>
internal sealed record CodeTensors(Tensor? InputScale, int Steps, long Inputs);
