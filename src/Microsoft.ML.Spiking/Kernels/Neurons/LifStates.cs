using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What sixteen neurons of <see cref="LifDynamics"/> remember from step to step.</summary>
internal struct LifStates
{
    public Vector512<float> Synapse, Membrane;
}
