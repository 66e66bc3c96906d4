using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>∂loss/∂synapse and ∂loss/∂membrane of sixteen neurons of <see cref="LifDynamics"/>.</summary>
internal struct LifGradients
{
    public Vector512<float> Synapse, Membrane;
}
