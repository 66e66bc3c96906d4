using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>∂loss/∂synapse and ∂loss/∂membrane of sixteen neurons of <see cref="LifDynamics"/>.</summary>
internal struct LifGradients
{
    public Vector512<float> Synapse, Membrane;
}
