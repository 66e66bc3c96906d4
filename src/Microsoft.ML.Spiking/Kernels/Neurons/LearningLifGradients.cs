using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// ∂loss/∂synapse and ∂loss/∂membrane of sixteen neurons of <see cref="LearningLifDynamics"/>, and the sums over the steps of those by their constants.
/// </summary>
internal struct LearningLifGradients
{
    public Vector512<float> Synapse, Membrane, OfSynapseDecay, OfMembraneDecay, OfThreshold;
}
