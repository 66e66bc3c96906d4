using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// The gradients by the states of sixteen neurons of <see cref="LearningLifDynamics"/>, and the sums over the steps of those by their constants.
/// </summary>
internal struct LearningLifGradients
{
    public LifGradients States;

    public Vector512<float> OfSynapseDecay, OfMembraneDecay, OfThreshold;
}
