using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>The equations of <see cref="AdaptiveLifNeuron"/>.</summary>
/// <param name="constants">Of its equations, in its order.</param>
internal sealed class OnnxAdaptiveLifNeurons(OnnxTensor[] constants) : OnnxNeurons
{
    private OnnxTensor? _synapse, _membrane, _adaptation;

    public override OnnxTensor Step(OnnxTensor current)
    {
        OnnxTensor synapse = _synapse is { } before ? constants[0] * before + current : current;
        OnnxTensor membrane = _membrane is { } left ? constants[1] * left + synapse : synapse;
        OnnxTensor threshold = _adaptation is { } adapted ? constants[2] + constants[5] * adapted : constants[2];
        OnnxTensor spike = !(membrane < threshold), risen = (1 - constants[4]) * spike.AsSingle();
        _adaptation = _adaptation is { } old ? constants[4] * old + risen : risen;
        (_synapse, _membrane) = (synapse, spike.Choose(constants[3], membrane));
        return spike;
    }
}
