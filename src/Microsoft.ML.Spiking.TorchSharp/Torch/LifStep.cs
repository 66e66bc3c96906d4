using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary><see cref="LifNeuron"/> on tensors: synapse and membrane.</summary>
internal sealed class LifStep : NeuronStep
{
    public override int States => 2;

    public override (Tensor Spike, Tensor[] State) Take(Tensor[] constants, Tensor[] state, Tensor current, Surrogate? learning)
    {
        Tensor synapse = state[0].mul(constants[0]).add(current, One);
        Tensor membrane = state[1].mul(constants[1]).add(synapse, One);
        (Tensor spike, Tensor after) = Fire(membrane, constants[2], constants[3], learning);
        return (spike, [synapse, after]);
    }
}
