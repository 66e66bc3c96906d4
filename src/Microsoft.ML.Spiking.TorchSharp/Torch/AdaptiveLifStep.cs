using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary><see cref="AdaptiveLifNeuron"/> on tensors: synapse, membrane and adaptation.</summary>
internal sealed class AdaptiveLifStep : NeuronStep
{
    public override int States => 3;

    public override (Tensor Spike, Tensor[] State) Take(Tensor[] constants, Tensor[] state, Tensor current, Surrogate? learning)
    {
        Tensor synapse = state[0].mul(constants[0]).add(current, One);
        Tensor membrane = state[1].mul(constants[1]).add(synapse, One);
        Tensor threshold = state[2].mul(constants[5]).add(constants[2], One), gain = ones_like(constants[4]) - constants[4];
        (Tensor spike, Tensor after) = Fire(membrane, threshold, constants[3], learning);
        return (spike, [synapse, after, state[2].mul(constants[4]).add(spike * gain, One)]);
    }
}
