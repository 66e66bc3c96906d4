namespace Microsoft.ML.Spiking.Engines;

/// <summary>A network as it is in training: copies that do not change any more.</summary>
/// <param name="Layers">From the input on.</param>
/// <param name="InputScale">Scale of each input; empty where the code has none.</param>
/// <param name="HiddenWeights">[hidden, neuron]; empty where the readout is linear.</param>
/// <param name="HiddenBias">[hidden].</param>
/// <param name="OutputWeights">[class, hidden or neuron].</param>
/// <param name="OutputBias">[class].</param>
/// <param name="AttentionWeights">[neuron]; empty where the readout does not attend to windows.</param>
internal sealed record LearntNetwork(
    LearntLayer[] Layers, float[] InputScale, float[] HiddenWeights, float[] HiddenBias, float[] OutputWeights, float[] OutputBias,
    float[] AttentionWeights);
