using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>The equations of <see cref="AdaptiveLifNeuron"/>.</summary>
/// <param name="constants">Of its equations, in its order.</param>
internal sealed class OnnxAdaptiveLifNeurons(OnnxTensor[] constants) : OnnxNeurons
{
    public override int States => 3;

    public override (OnnxTensor[] State, OnnxTensor Fire) Step(OnnxTensor[] state, OnnxTensor current)
    {
        OnnxTensor synapse = constants[0] * state[0] + current, membrane = constants[1] * state[1] + synapse;
        OnnxTensor fire = !(membrane < constants[2] + constants[5] * state[2]);
        OnnxTensor adaptation = constants[4] * state[2] + (1 - constants[4]) * fire.AsSingle();
        return ([synapse, fire.Choose(constants[3], membrane), adaptation], fire);
    }
}
