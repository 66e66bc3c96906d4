using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>The equations of <see cref="LifNeuron"/>.</summary>
/// <param name="constants">Of its equations, in its order.</param>
internal sealed class OnnxLifNeurons(OnnxTensor[] constants) : OnnxNeurons
{
    private OnnxTensor? _synapse, _membrane;

    public override OnnxTensor Step(OnnxTensor current)
    {
        // Both start at 0: nothing to multiply in the first step.
        OnnxTensor synapse = _synapse is { } before ? constants[0] * before + current : current;
        OnnxTensor membrane = _membrane is { } left ? constants[1] * left + synapse : synapse;
        OnnxTensor spike = !(membrane < constants[2]);
        (_synapse, _membrane) = (synapse, spike.Choose(constants[3], membrane));
        return spike;
    }
}
