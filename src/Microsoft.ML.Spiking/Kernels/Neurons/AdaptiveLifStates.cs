using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What sixteen neurons of <see cref="AdaptiveLifDynamics"/> remember from step to step; on the way back, the gradients of these.</summary>
internal struct AdaptiveLifStates
{
    public Vector512<float> Synapse, Membrane, Adaptation;
}
