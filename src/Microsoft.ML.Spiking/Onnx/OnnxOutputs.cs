using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What an ONNX graph of a network gives.</summary>
/// <param name="NeuronRates">The spike rates as the readout reads them, scaled by homeostasis, [row, rate].</param>
/// <param name="Logits">[row, class]; null where there is no readout.</param>
/// <param name="GroupRates">The mean size of each column's spike rates, [row, column of any layer].</param>
/// <param name="Row">What is known of the rows.</param>
internal sealed record OnnxOutputs(OnnxTensor NeuronRates, OnnxTensor? Logits, OnnxTensor GroupRates, OnnxRow Row)
{
    /// <summary>The probability of each class, [row, class].</summary>
    public OnnxTensor Probabilities => Logits!.Value.Graph.Node("Softmax", [Logits.Value], ("axis", 1L));

    /// <summary>Numbers of rows, NaN of those that miss something.</summary>
    public OnnxTensor OrNaN(OnnxTensor numbers) => Row.IsMissing is { } missing ? missing.Choose(numbers.Graph.Constant(float.NaN), numbers) : numbers;
}
