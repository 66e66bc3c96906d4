using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>State of <see cref="AdaptiveDynamics"/>, and gradients of it.</summary>
internal struct AdaptiveStates
{
    public Vector512<float> Synapse, Membrane, Adaptation;
}
